#pragma once

#include "core/clock.hpp"
#include "json/describe.hpp"

#include <concepts>
#include <memory>

/// Writes values as JSON text, straight from their described members: no tree in between.
///   json::write(dashboard)            // {"user":"Ada",...}
/// bool, integers, double (shortest form that reads back the same, always recognisable as a fraction: 1.0;
/// NaN and infinity are null), text (invalid UTF-8 becomes U+FFFD), TimePoint (RFC 3339), described
/// enumerations by name, described structs, ranges, maps and vectors of pairs (objects), std::optional
/// (null), std::shared_ptr (null), json::Omittable, json::Raw, std::variant (what it holds),
/// boost::json::value.
namespace personalify::json {

/// The growing end of a JSON text. Puts what it wrote into the string when destroyed.
class Writer {
public:
    explicit Writer(std::string& out);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void raw(std::string_view text);
    void raw(char c) {
        if (at_ == end_) [[unlikely]] {
            grow(1);
        }
        *at_++ = c;
    }
    void string(std::string_view text);
    void boolean(bool value) { raw(value ? std::string_view{"true"} : std::string_view{"false"}); }
    void integer(std::int64_t value);
    void natural(std::uint64_t value);
    void number(double value);
    void null() { raw(std::string_view{"null"}); }
    void time(TimePoint value);
    void tree(const boost::json::value& value);

    /// Members are written as `,"name":value`; close_object turns the first comma into the brace.
    std::size_t open_object() const { return static_cast<std::size_t>(at_ - begin_); }
    void close_object(std::size_t opened, char open = '{', char close = '}');

private:
    void grow(std::size_t more);
    void escape(unsigned char c);
    const char* code_point(const char* from, const char* end);

    std::string& out_;
    char* begin_; ///< of the buffer, not of what this writer added
    char* at_;
    char* end_;
};

template <class T>
void append(Writer& out, const T& value);

/// `,"name":`, made at compile time.
template <class Descriptor>
struct MemberKey {
    static constexpr auto name = member_name<Descriptor>();
    static constexpr auto make() {
        std::array<char, name.size() + 4> key{};
        key[0] = ',';
        key[1] = '"';
        for (std::size_t i = 0; i < name.size(); ++i) {
            key[i + 2] = name[i];
        }
        key[name.size() + 2] = '"';
        key[name.size() + 3] = ':';
        return key;
    }
    static constexpr auto text = make();
    static constexpr std::string_view view() { return {text.data(), text.size()}; }
};

template <Described T>
void append_members(Writer& out, const T& value) {
    const std::size_t opened = out.open_object();
    boost::mp11::mp_for_each<Members<T>>([&]<class D>(D) {
        const auto& member = value.*D::pointer;
        using Type = std::remove_cvref_t<decltype(member)>;
        if constexpr (is_a<Type, Omittable>) {
            if (!member) {
                return;
            }
        }
        out.raw(MemberKey<D>::view());
        append(out, member);
    });
    out.close_object(opened);
}

template <Entries T>
void append_entries(Writer& out, const T& entries) {
    const std::size_t opened = out.open_object();
    for (const auto& [name, value] : entries) {
        out.raw(',');
        out.string(name);
        out.raw(':');
        append(out, value);
    }
    out.close_object(opened);
}

template <Range T>
void append_range(Writer& out, const T& range) {
    const std::size_t opened = out.open_object();
    for (const auto& value : range) {
        out.raw(',');
        append(out, value);
    }
    out.close_object(opened, '[', ']');
}

template <DescribedEnum E>
void append_enum(Writer& out, E value) {
    static constexpr auto names = enum_names<E>();
    static constexpr auto values = enum_values<E>();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] == value) {
            return out.string(names[i]);
        }
    }
    out.null();
}

template <class T>
void append(Writer& out, const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out.boolean(value);
    } else if constexpr (std::signed_integral<T>) {
        out.integer(value);
    } else if constexpr (std::unsigned_integral<T>) {
        out.natural(value);
    } else if constexpr (std::floating_point<T>) {
        out.number(static_cast<double>(value));
    } else if constexpr (std::is_same_v<T, TimePoint>) {
        out.time(value);
    } else if constexpr (std::is_same_v<T, Raw>) {
        out.raw(std::string_view{value.text});
    } else if constexpr (std::is_same_v<T, boost::json::value>) {
        out.tree(value);
    } else if constexpr (std::is_same_v<T, std::monostate> || std::is_same_v<T, std::nullptr_t>) {
        out.null();
    } else if constexpr (DescribedEnum<T>) {
        append_enum(out, value);
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        out.string(value);
    } else if constexpr (Constrained<T>) {
        append(out, value.value);
    } else if constexpr (StringLike<T>) {
        out.string(value.str());
    } else if constexpr (is_a<T, std::optional> || is_a<T, Omittable> || is_a<T, std::shared_ptr>) {
        if (value) {
            append(out, *value);
        } else {
            out.null();
        }
    } else if constexpr (is_a<T, std::variant>) {
        std::visit([&](const auto& held) { append(out, held); }, value);
    } else if constexpr (Described<T>) {
        append_members(out, value);
    } else if constexpr (Entries<T>) {
        append_entries(out, value);
    } else if constexpr (Range<T>) {
        append_range(out, value);
    } else {
        static_assert(!sizeof(T*), "not a type JSON can hold: describe it with BOOST_DESCRIBE_STRUCT");
    }
}

/// Adds the value to the end of `out`.
template <class T>
void append(std::string& out, const T& value) {
    Writer writer{out};
    append(writer, value);
}

/// The value as JSON text.
template <class T>
std::string write(const T& value) {
    std::string out;
    append(out, value);
    return out;
}

} // namespace personalify::json
