#include "config/kinds.hpp"

#include "config/url.hpp"
#include "core/model_name.hpp"

#include <algorithm>

namespace personalify::config {

namespace {

using Kind = Setting::Kind;

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

std::vector<std::string> split_list(const std::string& value) {
    std::vector<std::string> items;
    for (std::size_t from = 0; from <= value.size();) {
        const std::size_t to = std::min(value.find(',', from), value.size());
        std::string item = value.substr(from, to - from);
        std::erase_if(item, [](char c) { return c == ' ' || c == '\t'; });
        if (!item.empty()) {
            items.push_back(std::move(item));
        }
        from = to + 1;
    }
    return items;
}

} // namespace

Setting text(std::string_view name, std::string Settings::* member, std::string_view fallback,
             std::string_view doc, Setting::Kind kind) {
    return {name,
            kind,
            fallback,
            doc,
            [member](Settings& settings, const std::string& value) -> std::optional<std::string> {
                settings.*member = value;
                return std::nullopt;
            },
            [member](const Settings& settings) { return settings.*member; }};
}

Setting url(std::string_view name, std::string Settings::* member, std::string_view fallback,
            std::string_view doc) {
    Setting setting = text(name, member, fallback, doc, Kind::url);
    setting.set = [member](Settings& settings, const std::string& value) -> std::optional<std::string> {
        if (!value.empty()) {
            if (std::optional<std::string> problem = problem_of_base_url(value)) {
                return problem;
            }
        }
        settings.*member = value.substr(0, value.find_last_not_of('/') + 1);
        return std::nullopt;
    };
    return setting;
}

Setting model(std::string_view name, std::string Settings::* member, std::string_view fallback,
              std::string_view doc) {
    Setting setting = text(name, member, fallback, doc);
    setting.set = [member](Settings& settings, const std::string& value) -> std::optional<std::string> {
        if (!is_model_name(value)) {
            return "must be owner/name, such as SamLowe/roberta-base-go_emotions";
        }
        settings.*member = value;
        return std::nullopt;
    };
    return setting;
}

Setting flag(std::string_view name, bool Settings::* member, std::string_view fallback,
             std::string_view doc) {
    return {name,
            Kind::flag,
            fallback,
            doc,
            [member](Settings& settings, const std::string& value) -> std::optional<std::string> {
                const std::string word = lower(value);
                if (word == "true" || word == "on" || word == "1" || word == "yes") {
                    settings.*member = true;
                } else if (word == "false" || word == "off" || word == "0" || word == "no") {
                    settings.*member = false;
                } else {
                    return "must be true or false (on/off, yes/no, 1/0 are fine too)";
                }
                return std::nullopt;
            },
            [member](const Settings& settings) { return std::string{settings.*member ? "true" : "false"}; }};
}

Setting list(std::string_view name, std::vector<std::string> Settings::* member, ProblemOf problem_of,
             std::string_view fallback, std::string_view doc) {
    return {name,
            Kind::list,
            fallback,
            doc,
            [=](Settings& settings, const std::string& value) -> std::optional<std::string> {
                std::vector<std::string> items = split_list(value);
                for (const std::string& item : items) {
                    if (const std::optional<std::string> problem = problem_of(item)) {
                        return "has an entry \"" + item.substr(0, 80) + "\" that " + *problem;
                    }
                }
                settings.*member = std::move(items);
                return std::nullopt;
            },
            [member](const Settings& settings) {
                std::string joined;
                for (const std::string& item : settings.*member) {
                    joined += (joined.empty() ? "" : ",") + item;
                }
                return joined;
            }};
}

std::string must_be_one_of(std::span<const std::string_view> words) {
    std::string text = "must be ";
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

} // namespace personalify::config
