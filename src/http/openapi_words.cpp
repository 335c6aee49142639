#include "http/openapi_words.hpp"

namespace personalify::http {

std::string_view words_for(Errc code) {
    switch (code) {
    case Errc::invalid_argument:
        return "The input breaks a rule";
    case Errc::unauthenticated:
        return "No valid session";
    case Errc::forbidden:
        return "Not allowed";
    case Errc::not_found:
        return "Does not exist, or the caller may not see it";
    case Errc::conflict:
        return "The present state does not allow it";
    case Errc::payload_too_large:
        return "Too large";
    case Errc::too_many_requests:
        return "Too many requests; see Retry-After";
    case Errc::rate_limited:
        return "Spotify limits us at present; see Retry-After";
    case Errc::upstream_unavailable:
        return "A service that this one needs did not answer; see Retry-After";
    case Errc::overloaded:
        return "Too much to do at present; see Retry-After";
    case Errc::cancelled:
        return "Shutting down";
    case Errc::internal:
        return "A fault of the server";
    }
    return "Failed";
}

std::string operation_id(const Route& route) {
    std::string id;
    for (const char c : route.method) {
        id += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    for (const char c : route.pattern) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (word) {
            id += c;
        } else if (!id.ends_with('_') && c != '}') {
            id += '_';
        }
    }
    while (id.ends_with('_')) {
        id.pop_back();
    }
    return route.pattern == "/" ? id + "_root" : id;
}

} // namespace personalify::http
