#pragma once

#include "http/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace personalify::simulator {

/// The decoded pairs of a query string or a form body.
class Form {
public:
    /// nullopt for a broken escape or too many pairs.
    static std::optional<Form> parse(std::string_view text) {
        auto pairs = http::parse_query(text);
        return pairs ? std::optional{Form{std::move(*pairs)}} : std::nullopt;
    }

    /// First value of that name.
    std::optional<std::string> find(std::string_view name) const {
        for (const auto& [key, value] : pairs_) {
            if (key == name) {
                return value;
            }
        }
        return std::nullopt;
    }
    std::string get(std::string_view name) const { return find(name).value_or(""); }

private:
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    explicit Form(Pairs pairs)
        : pairs_(std::move(pairs)) {}
    Pairs pairs_;
};

} // namespace personalify::simulator
