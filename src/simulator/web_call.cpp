#include "simulator/web_call.hpp"

#include "simulator/answers.hpp"

#include <charconv>

namespace personalify::simulator {

std::optional<http::Response> refuse_without(const Call& call,
                                             std::initializer_list<std::string_view> scopes) {
    if (!call.person) {
        return api_error(401, "Valid user authentication required");
    }
    for (const std::string_view scope : scopes) {
        if (!call.grant.covers(scope)) {
            http::Response answer = api_error(403, "Insufficient client scope");
            set_header(answer, "WWW-Authenticate",
                       "Bearer realm=\"spotify\", error=\"insufficient_scope\", scope=\"" +
                           std::string{scope} + "\"");
            return answer;
        }
    }
    return std::nullopt;
}

std::optional<std::int64_t> read_whole(std::string_view text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, value);
    return error == std::errc{} && at == end && !text.empty() ? std::optional{value} : std::nullopt;
}

std::optional<std::size_t> read_limit(const Form& query) {
    constexpr std::int64_t most = 50;
    const auto limit = read_whole(query.find("limit").value_or("20"));
    return limit && *limit >= 1 && *limit <= most ? std::optional{static_cast<std::size_t>(*limit)}
                                                  : std::nullopt;
}

} // namespace personalify::simulator
