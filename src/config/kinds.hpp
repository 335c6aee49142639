#pragma once

#include "config/settings.hpp"

#include <charconv>
#include <cstdint>
#include <span>

/// Rows of the settings table by what they hold.
namespace personalify::config {

Setting text(std::string_view name, std::string Settings::* member, std::string_view fallback,
             std::string_view doc, Setting::Kind kind = Setting::Kind::text);

/// A base address; loses its last slash.
Setting url(std::string_view name, std::string Settings::* member, std::string_view fallback,
            std::string_view doc);

/// owner/name, as Hugging Face names its models.
Setting model(std::string_view name, std::string Settings::* member, std::string_view fallback,
              std::string_view doc);

Setting flag(std::string_view name, bool Settings::* member, std::string_view fallback, std::string_view doc);

using ProblemOf = std::optional<std::string> (*)(std::string_view item);

/// Words between commas.
Setting list(std::string_view name, std::vector<std::string> Settings::* member, ProblemOf problem_of,
             std::string_view fallback, std::string_view doc);

/// A whole number between the two, or as many seconds.
template <class Member>
Setting integer(std::string_view name, Member Settings::* member, std::int64_t low, std::int64_t high,
                std::string_view fallback, std::string_view doc) {
    return {name,
            Setting::Kind::integer,
            fallback,
            doc,
            [member, low, high](Settings& settings, const std::string& value) -> std::optional<std::string> {
                std::int64_t number = 0;
                const char* end = value.data() + value.size();
                const auto [at, problem] = std::from_chars(value.data(), end, number);
                if (problem != std::errc{} || at != end || number < low || number > high) {
                    return "must be a whole number between " + std::to_string(low) + " and " +
                           std::to_string(high);
                }
                settings.*member = static_cast<Member>(number);
                return std::nullopt;
            },
            [member](const Settings& settings) {
                if constexpr (requires { (settings.*member).count(); }) {
                    return std::to_string((settings.*member).count());
                } else {
                    return std::to_string(settings.*member);
                }
            }};
}

/// "must be one, two or three"
std::string must_be_one_of(std::span<const std::string_view> words);

/// One of the words, of which the first is the default; the n-th stands for the enumerator of value n.
template <class Member>
Setting choice(std::string_view name, Member Settings::* member, std::span<const std::string_view> words,
               std::string_view doc) {
    return {name,
            Setting::Kind::text,
            words.front(),
            doc,
            [member, words](Settings& settings, const std::string& value) -> std::optional<std::string> {
                for (std::size_t i = 0; i < words.size(); ++i) {
                    if (words[i] == value) {
                        settings.*member = static_cast<Member>(i);
                        return std::nullopt;
                    }
                }
                return must_be_one_of(words);
            },
            [member, words](const Settings& settings) {
                return std::string{words[static_cast<std::size_t>(settings.*member)]};
            }};
}

} // namespace personalify::config
