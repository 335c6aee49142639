#include "app/access.hpp"

#include <algorithm>

namespace personalify::app {

bool is_email_address(std::string_view text) {
    const std::size_t at = text.find('@');
    if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64 ||
        text.find('@', at + 1) != std::string_view::npos) {
        return false;
    }
    const std::string_view domain = text.substr(at + 1);
    const bool printable = std::ranges::none_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7f || c == '<' || c == '>' || c == '"' || c == ',' || c == ';';
    });
    return printable && domain.find('.') != std::string_view::npos && !domain.starts_with('.') &&
           !domain.ends_with('.') && domain.find("..") == std::string_view::npos;
}

Task<Result<>> AccessService::request(std::string name, std::string email) {
    if (!is_email_address(email)) {
        co_return fail(Errc::invalid_argument, "email must be an e-mail address");
    }
    Result<bool> added = co_await requests_.add({std::move(name), std::move(email), clock_.now()});
    if (!added) {
        co_return std::unexpected(std::move(added.error()));
    }
    co_return Result<>{};
}

} // namespace personalify::app
