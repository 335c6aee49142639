#include "fuzz/target.hpp"
#include "json/read.hpp"
#include "json/utf8.hpp"
#include "json/write.hpp"

#include <cmath>
#include <map>

/// JSON from outside: read as a tree and as typed inputs, written, and read again.
namespace personalify::json {

namespace {

namespace bj = boost::json;
using fuzz::require;

enum class Colour { red, green, blue };
BOOST_DESCRIBE_ENUM(Colour, red, green, blue)

struct Inner {
    Required<std::string> id;
    Text<0, 5> word;
    Colour colour = Colour::green;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (id, word, colour))

/// Every kind of member that an input can have.
struct Everything {
    bool flag = false;
    std::int32_t small = 0;
    std::uint64_t natural = 0;
    Bounded<-3, 50> bounded = 1;
    double share = 0;
    std::string text;
    TimePoint at{};
    std::optional<std::string> maybe;
    Omittable<std::int64_t> left_out;
    std::vector<Inner> list;
    std::map<std::string, std::int64_t> counts;
    std::vector<std::pair<std::string, std::vector<std::string>>> entries;
    std::variant<std::int64_t, std::string, Inner> either;
    bj::value any;
    Raw raw{"null"};
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (flag, small, natural, bounded, share, text, at, maybe, left_out, list, counts, entries,
                       either, any, raw))

/// Equal but for the last bits of a fraction, which Boost's reader does not promise. 8e13 is also a whole
/// number to who asks for one.
bool alike(const bj::value& a, const bj::value& b) {
    if (a.is_number() && b.is_number() && (a.is_double() || b.is_double())) {
        const auto x = a.to_number<double>();
        const auto y = b.to_number<double>();
        return x == y || std::abs(x - y) <= std::max(std::abs(x), std::abs(y)) * 1e-15;
    }
    if (a.is_array() && b.is_array()) {
        const auto& left = a.get_array();
        const auto& right = b.get_array();
        bool same = left.size() == right.size();
        for (std::size_t i = 0; same && i < left.size(); ++i) {
            same = alike(left[i], right[i]);
        }
        return same;
    }
    if (a.is_object() && b.is_object()) {
        const auto& left = a.get_object();
        const auto& right = b.get_object();
        bool same = left.size() == right.size();
        for (auto l = left.begin(), r = right.begin(); same && l != left.end(); ++l, ++r) {
            same = l->key() == r->key() && alike(l->value(), r->value());
        }
        return same;
    }
    return a.kind() == b.kind() && a == b;
}

void check_problems(const Problems& problems) {
    require(!problems.empty(), "what can't be read has a problem");
    const auto body = parse(problems_body(problems));
    require(body.has_value(), "a 422 is JSON");
    require(body->at("detail").as_array().size() == problems.size(), "a 422 holds every problem");
    for (const Problem& problem : problems) {
        require(!problem.loc.empty() && !problem.msg.empty() && !describe(problem).empty(),
                "a problem says where and what");
    }
}

template <class T>
void check_typed(const bj::value& tree) {
    Problems problems;
    const auto value = decode<T>(tree, Location{"body"}, problems);
    require(value.has_value() == problems.empty(), "a value has no problems");
    if (!value) {
        return check_problems(problems);
    }
    const std::string text = write(*value);
    const auto again = read<T>(text);
    require(again.has_value(), "what was written can be read");
    const auto before = parse(text);
    const auto after = parse(write(*again));
    require(before && after && alike(*before, *after), "reading changes nothing");
}

void check_tree(std::string_view text) {
    Problems problems;
    const auto tree = parse_input(text, 32, Location{"body"}, problems);
    require(tree.has_value() == problems.empty(), "a tree has no problems");
    if (!tree) {
        return check_problems(problems);
    }
    const std::string written = write(*tree);
    Problems none;
    const auto again = parse_input(written, 32, Location{"body"}, none);
    require(again && alike(*tree, *again), "a tree survives its writing");
    check_typed<Everything>(*tree);
    check_typed<std::vector<Inner>>(*tree);
    check_typed<std::variant<std::int64_t, double, bool, TimePoint, std::string>>(*tree);
}

/// Any bytes can be written as a string, and come back when they are UTF-8.
void check_string(const std::string& bytes) {
    const auto back = read<std::string>(write(bytes));
    require(back.has_value() && is_utf8(*back), "every text is written as a string");
    require(!is_utf8(bytes) || *back == bytes, "UTF-8 comes back as it was");
}

} // namespace

} // namespace personalify::json

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = personalify::fuzz::text_of(data, size);
    personalify::json::check_tree(text);
    personalify::json::check_string(text);
    return 0;
}
