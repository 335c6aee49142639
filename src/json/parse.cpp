#include "json/read.hpp"
#include "json/write.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value_stack.hpp>

#include <charconv>
#include <cmath>

namespace personalify::json {

namespace {

namespace bj = boost::json;

/// Builds the tree as Boost's own parser does and counts the member names on the way.
struct TreeHandler {
    static constexpr std::size_t max_object_size = bj::object::max_size();
    static constexpr std::size_t max_array_size = bj::array::max_size();
    static constexpr std::size_t max_key_size = bj::string::max_size();
    static constexpr std::size_t max_string_size = bj::string::max_size();

    using Text = bj::string_view;
    using Fault = bj::error_code;

    bj::value_stack stack;
    std::size_t names = 0;

    bool on_document_begin(Fault&) { return true; }
    bool on_document_end(Fault&) { return true; }
    bool on_object_begin(Fault&) { return true; }
    bool on_object_end(std::size_t n, Fault&) { return stack.push_object(n), true; }
    bool on_array_begin(Fault&) { return true; }
    bool on_array_end(std::size_t n, Fault&) { return stack.push_array(n), true; }
    bool on_key_part(Text s, std::size_t, Fault&) { return stack.push_chars(s), true; }
    bool on_key(Text s, std::size_t, Fault&) { return ++names, stack.push_key(s), true; }
    bool on_string_part(Text s, std::size_t, Fault&) { return stack.push_chars(s), true; }
    bool on_string(Text s, std::size_t, Fault&) { return stack.push_string(s), true; }
    bool on_number_part(Text, Fault&) { return true; }
    bool on_int64(std::int64_t i, Text, Fault&) { return stack.push_int64(i), true; }
    bool on_uint64(std::uint64_t u, Text, Fault&) { return stack.push_uint64(u), true; }
    /// Boost's own number may be off by the last bit: what was written would not come back. A number beyond
    /// the largest double would come out as infinity, which JSON can't say.
    bool on_double(double d, Text s, Fault& error) {
        std::from_chars(s.data(), s.data() + s.size(), d); // the whole of it: the text came in one piece
        if (!std::isfinite(d)) {
            error = bj::error::exponent_overflow;
            return false;
        }
        return stack.push_double(d), true;
    }
    bool on_bool(bool b, Fault&) { return stack.push_bool(b), true; }
    bool on_null(Fault&) { return stack.push_null(), true; }
    bool on_comment_part(Text, Fault&) { return true; }
    bool on_comment(Text, Fault&) { return true; }
};

std::size_t count_names(const bj::value& value) {
    std::size_t count = 0;
    if (const auto* object = value.if_object()) {
        count = object->size();
        for (const auto& member : *object) {
            count += count_names(member.value());
        }
    } else if (const auto* array = value.if_array()) {
        for (const auto& entry : *array) {
            count += count_names(entry);
        }
    }
    return count;
}

struct Fault {
    std::string text;
    std::size_t offset = 0;
};

std::string explain(const bj::error_code& code, std::string_view before) {
    if (code == bj::error::extra_data) {
        return "Extra data";
    }
    if (code == bj::error::too_deep) {
        return "Nested too deeply";
    }
    if (code == bj::error::syntax || code == bj::error::incomplete) {
        const auto last = before.find_last_not_of(" \t\r\n");
        return last != std::string_view::npos && before[last] == '{'
                   ? "Expecting property name enclosed in double quotes"
                   : "Expecting value or delimiter";
    }
    return code.message();
}

std::expected<bj::value, Fault> parse_tree(std::string_view text, std::size_t max_depth, bool refuse_twins) {
    bj::parse_options options;
    options.max_depth = max_depth;
    bj::basic_parser<TreeHandler> parser{options};
    // One block for the whole tree, gone with the last value that lives in it.
    parser.handler().stack.reset(bj::make_shared_resource<bj::monotonic_resource>(text.size() + 1024));
    bj::error_code code;
    const auto used = parser.write_some(false, text.data(), text.size(), code);
    if (!code && used < text.size()) {
        code = bj::error::extra_data;
    }
    if (code) {
        return std::unexpected(Fault{explain(code, text.substr(0, used)), used});
    }
    auto tree = parser.handler().stack.release();
    if (refuse_twins && count_names(tree) != parser.handler().names) {
        return std::unexpected(Fault{"Duplicate property name", 0});
    }
    return tree;
}

} // namespace

Result<bj::value> parse(std::string_view text, std::size_t max_depth) {
    auto tree = parse_tree(text, max_depth, false);
    if (!tree) {
        return fail(Errc::internal, "A document can't be read",
                    "not JSON at byte " + std::to_string(tree.error().offset) + ": " + tree.error().text);
    }
    return std::move(*tree);
}

std::optional<bj::value> parse_input(std::string_view text, std::size_t max_depth, const Location& where,
                                     Problems& problems) {
    auto tree = parse_tree(text, max_depth, true);
    if (!tree) {
        bj::object context;
        context.emplace("error", tree.error().text);
        problems.push_back({"json_invalid", where.at(tree.error().offset).path(), "JSON decode error",
                            bj::object{}, Omittable<bj::value>{std::move(context)}});
        return std::nullopt;
    }
    return std::move(*tree);
}

std::string problems_body(const Problems& problems) {
    std::string out = R"({"detail":)";
    append(out, problems);
    out += '}';
    return out;
}

} // namespace personalify::json
