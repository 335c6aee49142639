#include "simulator/fault_edit.hpp"

#include "json/read.hpp"
#include "json/write.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

constexpr std::int64_t number_for_text = 12'345;
constexpr std::string_view text_for_others = "not what you expect";

bool holds(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bj::value of_wrong_type(const bj::value& value) {
    return value.is_string() ? bj::value(number_for_text) : bj::value(text_for_others);
}

void edit(const FaultRule& rule, bj::value& value);

void edit(const FaultRule& rule, bj::object& object) {
    for (const std::string& name : rule.omit) {
        if (const auto* member = object.find(name); member != object.end()) {
            object.stable_erase(member);
        }
    }
    for (auto& member : object) {
        if (holds(rule.null, member.key())) {
            member.value() = nullptr;
        } else if (holds(rule.wrong_type, member.key())) {
            member.value() = of_wrong_type(member.value());
        } else {
            edit(rule, member.value());
        }
    }
    if (rule.extra_keys) {
        object["x_new_since_today"] = bj::object{{"nested", bj::array{1, nullptr, "two"}}};
        object["x_flag"] = true;
    }
}

void edit(const FaultRule& rule, bj::value& value) {
    if (auto* object = value.if_object()) {
        edit(rule, *object);
    } else if (auto* array = value.if_array()) {
        for (bj::value& item : *array) {
            edit(rule, item);
        }
    }
}

} // namespace

std::string edit_json(const FaultRule& rule, std::string text) {
    if (!rule.omit.empty() || !rule.null.empty() || !rule.wrong_type.empty() || rule.extra_keys) {
        if (auto value = json::parse(text)) {
            edit(rule, *value);
            text = json::write(*value);
        }
    }
    if (rule.bad_json) {
        text.resize(text.size() / 2);
        text += "\"<oops>:{";
    }
    return text;
}

} // namespace personalify::simulator
