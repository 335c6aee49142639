#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace personalify {

/// Spotify's id of a user (`id` of /v1/me): any characters, percent-encoded in paths. 1 to 255 bytes.
class UserId {
public:
    UserId() = default;
    explicit UserId(std::string text)
        : text_(std::move(text)) {}
    const std::string& str() const { return text_; }
    auto operator<=>(const UserId&) const = default;

private:
    std::string text_;
};

} // namespace personalify

template <>
struct std::hash<personalify::UserId> {
    std::size_t operator()(const personalify::UserId& id) const noexcept {
        return std::hash<std::string>{}(id.str());
    }
};
