#include "app/access.hpp"

#include "crypto/crypto.hpp"
#include "domain/one_line.hpp"
#include "domain/places.hpp"
#include "domain/text.hpp"

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
    if (is_blank(name) || has_control_characters(name)) {
        co_return fail(Errc::invalid_argument, "name must be one line of text");
    }
    Result<bool> added = co_await requests_.add({std::move(name), std::move(email), clock_.now()}, most_open);
    if (!added) {
        co_return std::unexpected(std::move(added.error()));
    }
    if (*added && on_stored_) {
        on_stored_();
    }
    co_return Result<>{};
}

Task<Result<std::vector<StoredAccessRequest>>> AccessService::list(AccessFilter filter) {
    return requests_.list(filter);
}

Task<Result<>> AccessService::erase(std::int64_t id) {
    const Result<bool> erased = co_await requests_.erase(id);
    if (!erased) {
        co_return std::unexpected(erased.error());
    }
    if (!*erased) {
        co_return fail(Errc::not_found, "There is no such request.");
    }
    co_return Result<>{};
}

Task<Result<AccessDecision>> AccessService::decide(std::int64_t id, bool approve) {
    AccessDecision decision;
    const TimePoint now = clock_.now();
    std::optional<Invitation> invitation;
    if (approve) {
        decision.invitation = crypto::random_token();
        decision.expires_at = now + invitation_lifetime;
        invitation = {crypto::sha256_hex(decision.invitation), *decision.expires_at};
    }
    Result<std::optional<StoredAccessRequest>> decided =
        co_await requests_.decide(id, std::move(invitation), now);
    if (!decided) {
        co_return std::unexpected(std::move(decided.error()));
    }
    if (!decided->has_value()) {
        co_return fail(Errc::not_found, "There is no such request.");
    }
    decision.request = std::move(**decided);
    const Result<std::int64_t> users = co_await requests_.count_users();
    if (!users) {
        co_return std::unexpected(users.error());
    }
    decision.places_left = places_left(*users);
    co_return decision;
}

} // namespace personalify::app
