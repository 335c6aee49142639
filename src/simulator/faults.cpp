#include "simulator/faults.hpp"

#include "simulator/strict.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

/// What no type says.
std::string complaint(const FaultRule& rule) {
    const std::string& route = *rule.route;
    if (route != "*" && !route.starts_with('/')) {
        return "route: should be a path such as /v1/me, or end in *";
    }
    if (rule.retry_after && *rule.retry_after != "date" && *rule.retry_after != "none" &&
        (rule.retry_after->empty() ||
         !std::ranges::all_of(*rule.retry_after, [](char c) { return c >= '0' && c <= '9'; }))) {
        return "retry_after: should be seconds, date or none";
    }
    return {};
}

/// The next "key" or "key=value" of a rule's text; nullopt at its end.
struct Word {
    std::string key;
    std::optional<std::string> value;
};
std::optional<Word> next_word(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    if (text.empty()) {
        return std::nullopt;
    }
    Word word;
    const auto key_end = std::min(text.find_first_of("= \t"), text.size());
    word.key = text.substr(0, key_end);
    text.remove_prefix(key_end);
    if (!text.starts_with('=')) {
        return word;
    }
    text.remove_prefix(1);
    const bool quoted = text.starts_with('"');
    const auto begin = quoted ? std::size_t{1} : 0;
    const auto end = std::min(quoted ? text.find('"', begin) : text.find_first_of(" \t"), text.size());
    word.value = text.substr(begin, end - begin);
    text.remove_prefix(std::min(end + begin, text.size()));
    return word;
}

bj::value list_of(std::string_view text) {
    bj::array names;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        names.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return names;
}

/// The JSON that a word's value stands for. The reader takes numbers and booleans as text, too.
bj::value value_of(const Word& word) {
    if (!word.value) {
        return true;
    }
    if (word.key == "omit" || word.key == "null" || word.key == "wrong_type") {
        return list_of(*word.value);
    }
    return bj::string{*word.value};
}

} // namespace

bool FaultRule::replaces_answer(bool is_page) const {
    return status || body || html_instead || empty_body || (huge && !is_page) || gzip_bomb ||
           reset == ResetPoint::before;
}

Result<FaultRule> read_fault(const bj::value& value) {
    FaultRule rule;
    if (const auto read = read_strictly(value, rule); !read) {
        return std::unexpected(read.error());
    }
    if (std::string wrong = complaint(rule); !wrong.empty()) {
        return fail(Errc::invalid_argument, std::move(wrong));
    }
    return rule;
}

Result<FaultRule> parse_fault(std::string_view text) {
    bj::object object;
    while (const auto word = next_word(text)) {
        object.insert_or_assign(word->key, value_of(*word));
    }
    return read_fault(object);
}

std::optional<FaultRule> FaultBook::take(std::string_view method, std::string_view path) {
    for (FaultRule& rule : rules_) {
        const std::string_view route = *rule.route;
        const bool here =
            route.ends_with('*') ? path.starts_with(route.substr(0, route.size() - 1)) : path == route;
        if (!here || (rule.method && *rule.method != method) || (rule.times && **rule.times == 0)) {
            continue;
        }
        if (rule.times) {
            rule.times = **rule.times - 1;
        }
        return rule;
    }
    return std::nullopt;
}

} // namespace personalify::simulator
