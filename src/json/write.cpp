#include "json/write.hpp"

#include "json/utf8.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace personalify::json {

namespace {

constexpr std::size_t smallest_buffer = 512;
constexpr std::size_t longest_number = 32;

/// True when one of the eight bytes is a control character, '"', '\\' or not ASCII.
bool needs_care(std::uint64_t bytes) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t high = 0x8080808080808080;
    const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word & high; };
    const std::uint64_t control = (bytes - ones * 0x20) & ~bytes & high;
    return (control | has_zero(bytes ^ (ones * '"')) | has_zero(bytes ^ (ones * '\\')) | (bytes & high)) != 0;
}

} // namespace

Writer::Writer(std::string& out)
    : out_(out) {
    const std::size_t used = out_.size();
    const std::size_t room = std::max(out_.capacity(), used + smallest_buffer);
    out_.resize_and_overwrite(room, [](char*, std::size_t size) { return size; });
    begin_ = out_.data();
    at_ = begin_ + used;
    end_ = begin_ + out_.size();
}

Writer::~Writer() {
    out_.resize(static_cast<std::size_t>(at_ - begin_));
}

void Writer::grow(std::size_t more) {
    const auto used = static_cast<std::size_t>(at_ - begin_);
    out_.resize_and_overwrite(std::max(out_.size() * 2, used + more),
                              [](char*, std::size_t size) { return size; });
    begin_ = out_.data();
    at_ = begin_ + used;
    end_ = begin_ + out_.size();
}

void Writer::raw(std::string_view text) {
    if (static_cast<std::size_t>(end_ - at_) < text.size()) [[unlikely]] {
        grow(text.size());
    }
    at_ = std::copy_n(text.data(), text.size(), at_);
}

void Writer::close_object(std::size_t opened, char open, char close) {
    if (static_cast<std::size_t>(at_ - begin_) == opened) {
        raw(open);
    } else {
        begin_[opened] = open;
    }
    raw(close);
}

void Writer::string(std::string_view text) {
    // No byte takes more than six: room for the worst is made once, so that the loop needs no checks.
    const std::size_t worst = text.size() * 6 + 2;
    if (static_cast<std::size_t>(end_ - at_) < worst) [[unlikely]] {
        grow(worst);
    }
    *at_++ = '"';
    const char* from = text.data();
    const char* const end = from + text.size();
    while (from != end) {
        if (end - from >= 8) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, from, 8);
            if (!needs_care(bytes)) {
                std::memcpy(at_, from, 8);
                at_ += 8;
                from += 8;
                continue;
            }
        }
        // These eight, or what is left, one by one.
        const char* const stop = end - from >= 8 ? from + 8 : end;
        while (from < stop) {
            const auto c = static_cast<unsigned char>(*from);
            if (c >= 0x80) {
                from = code_point(from, end);
            } else if (c < 0x20 || c == '"' || c == '\\') {
                escape(c);
                ++from;
            } else {
                *at_++ = *from++;
            }
        }
    }
    *at_++ = '"';
}

void Writer::escape(unsigned char c) {
    static constexpr char digits[] = "0123456789abcdef";
    *at_++ = '\\';
    switch (c) {
    case '"':
    case '\\':
        *at_++ = static_cast<char>(c);
        break;
    case '\n':
        *at_++ = 'n';
        break;
    case '\r':
        *at_++ = 'r';
        break;
    case '\t':
        *at_++ = 't';
        break;
    default:
        std::memcpy(at_, "u00", 3);
        at_[3] = digits[c >> 4];
        at_[4] = digits[c & 15];
        at_ += 5;
    }
}

const char* Writer::code_point(const char* from, const char* end) {
    const std::size_t length = utf8_sequence(from, end);
    if (length == 0) {
        std::memcpy(at_, "\xEF\xBF\xBD", 3);
        at_ += 3;
        return from + 1;
    }
    std::memcpy(at_, from, length);
    at_ += length;
    return from + length;
}

void Writer::integer(std::int64_t value) {
    if (static_cast<std::size_t>(end_ - at_) < longest_number) [[unlikely]] {
        grow(longest_number);
    }
    at_ = std::to_chars(at_, end_, value).ptr;
}

void Writer::natural(std::uint64_t value) {
    if (static_cast<std::size_t>(end_ - at_) < longest_number) [[unlikely]] {
        grow(longest_number);
    }
    at_ = std::to_chars(at_, end_, value).ptr;
}

void Writer::number(double value) {
    if (!std::isfinite(value)) {
        return null();
    }
    if (static_cast<std::size_t>(end_ - at_) < longest_number) [[unlikely]] {
        grow(longest_number);
    }
    const char* const start = at_;
    at_ = std::to_chars(at_, end_, value).ptr;
    // Dart tells 1 from 1.0: what may be a fraction always looks like one.
    if (std::string_view{start, at_}.find_first_of(".e") == std::string_view::npos) {
        *at_++ = '.';
        *at_++ = '0';
    }
}

void Writer::time(TimePoint value) {
    string(to_rfc3339(value));
}

void Writer::tree(const boost::json::value& value) {
    switch (value.kind()) {
    case boost::json::kind::string:
        return string(std::string_view{value.get_string()});
    case boost::json::kind::array: {
        const std::size_t opened = open_object();
        for (const boost::json::value& element : value.get_array()) {
            raw(',');
            tree(element);
        }
        return close_object(opened, '[', ']');
    }
    case boost::json::kind::object: {
        const std::size_t opened = open_object();
        for (const auto& [name, member] : value.get_object()) {
            raw(',');
            string(std::string_view{name});
            raw(':');
            tree(member);
        }
        return close_object(opened);
    }
    case boost::json::kind::double_:
        return number(value.get_double());
    case boost::json::kind::int64:
        return integer(value.get_int64());
    case boost::json::kind::uint64:
        return natural(value.get_uint64());
    case boost::json::kind::bool_:
        return boolean(value.get_bool());
    case boost::json::kind::null:
        return null();
    }
}

} // namespace personalify::json
