#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "json/describe.hpp"
#include "json/input.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include <concepts>
#include <memory>
#include <span>

/// Reads described values from JSON.
///
/// - Names are matched as written; unknown members are ignored.
/// - A missing member keeps its default initializer, unless its type is json::Required. null counts as
/// missing
///   where the type can't hold it.
/// - Every problem is collected, with the place it was found at, in the words FastAPI uses.
/// - Numbers and booleans may also come as text, as in a query string; text must be text.
namespace personalify::json {

/// A step on the way to a value: a member's name or an index.
using Step = std::variant<std::string, std::int64_t>;

/// One thing wrong with an input. Written as FastAPI does: {"type","loc","msg","input","ctx"}.
struct Problem {
    std::string type; ///< "missing", "int_parsing", ...
    std::vector<Step> loc;
    std::string msg;
    boost::json::value input;
    Omittable<boost::json::value> ctx = {};
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, loc, msg, input, ctx))
using Problems = std::vector<Problem>;

/// Where a value is. A chain of frames on the stack: `where.at("artists").at(0)`.
class Location {
public:
    explicit Location(std::string_view name)
        : name_(name) {}
    Location at(std::string_view name) const { return Location{this, name, -1}; }
    Location at(std::size_t index) const { return Location{this, {}, static_cast<std::int64_t>(index)}; }
    std::vector<Step> path() const;

private:
    Location(const Location* parent, std::string_view name, std::int64_t index)
        : parent_(parent)
        , name_(name)
        , index_(index) {}
    const Location* parent_ = nullptr;
    std::string_view name_;
    std::int64_t index_ = -1;
};

/// "artists[3].name: Field required", without the value found. For logs.
std::string describe(const Problem& problem);

// The leaves of the reader. Each answers whether it could read the value and adds a problem when not.
bool read_bool(const boost::json::value& from, bool& to, const Location& where, Problems& problems);
bool read_integer(const boost::json::value& from, std::int64_t& to, std::int64_t min, std::int64_t max,
                  const Location& where, Problems& problems);
bool read_number(const boost::json::value& from, double& to, const Location& where, Problems& problems);
bool read_string(const boost::json::value& from, std::string& to, const Location& where, Problems& problems);
bool read_text(const boost::json::value& from, std::string& to, std::int64_t min_length,
               std::int64_t max_length, const Location& where, Problems& problems);
bool read_time(const boost::json::value& from, TimePoint& to, const Location& where, Problems& problems);
/// `to` becomes the index in `names`.
bool read_name(const boost::json::value& from, std::size_t& to, std::span<const std::string_view> names,
               const Location& where, Problems& problems);
/// Null with a problem when it is no object or array.
const boost::json::object* read_object(const boost::json::value& from, const Location& where,
                                       Problems& problems);
const boost::json::array* read_array(const boost::json::value& from, const Location& where,
                                     Problems& problems);
/// The member's value; null when it is missing, or null where null is no value.
const boost::json::value* find_member(const boost::json::object& from, std::string_view name,
                                      bool null_counts);
void add_missing(const Location& where, Problems& problems);
void add_all(const Problems& found, Problems& problems);
std::string to_text(const boost::json::value& value);

template <class T>
bool decode_into(const boost::json::value& from, T& to, const Location& where, Problems& problems);

template <class T>
inline constexpr bool takes_null = is_a<T, std::optional> || is_a<T, Omittable> ||
                                   std::is_same_v<T, boost::json::value> || std::is_same_v<T, Raw>;
template <class T>
inline constexpr bool takes_null<Required<T>> = takes_null<T>;

template <class T>
bool decode_member(const boost::json::object& from, std::string_view name, T& to, const Location& where,
                   Problems& problems) {
    const Location place = where.at(name);
    if (const auto* found = find_member(from, name, takes_null<T> || is_a<T, Required>)) {
        return decode_into(*found, to, place, problems);
    }
    if constexpr (is_a<T, Required>) {
        add_missing(place, problems);
        return false;
    }
    return true;
}

template <Described T>
bool decode_struct(const boost::json::value& from, T& to, const Location& where, Problems& problems) {
    const auto* object = read_object(from, where, problems);
    if (object == nullptr) {
        return false;
    }
    bool good = true;
    boost::mp11::mp_for_each<Members<T>>([&]<class D>(D) {
        good = decode_member(*object, member_name<D>(), to.*D::pointer, where, problems) && good;
    });
    return good;
}

template <DescribedEnum E>
bool decode_enum(const boost::json::value& from, E& to, const Location& where, Problems& problems) {
    static constexpr auto names = enum_names<E>();
    static constexpr auto values = enum_values<E>();
    std::size_t index = 0;
    if (!read_name(from, index, names, where, problems)) {
        return false;
    }
    to = values[index];
    return true;
}

template <Entries T>
bool decode_entries(const boost::json::value& from, T& to, const Location& where, Problems& problems) {
    const auto* object = read_object(from, where, problems);
    if (object == nullptr) {
        return false;
    }
    bool good = true;
    to.clear();
    for (const auto& [name, value] : *object) {
        typename std::remove_cvref_t<decltype(to.begin()->second)> entry{};
        good = decode_into(value, entry, where.at(std::string_view{name}), problems) && good;
        to.insert(to.end(), typename T::value_type{std::string{name}, std::move(entry)});
    }
    return good;
}

template <Range T>
bool decode_range(const boost::json::value& from, T& to, const Location& where, Problems& problems) {
    const auto* array = read_array(from, where, problems);
    if (array == nullptr) {
        return false;
    }
    bool good = true;
    to.clear();
    to.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        typename T::value_type entry{};
        good = decode_into((*array)[i], entry, where.at(i), problems) && good;
        to.push_back(std::move(entry));
    }
    return good;
}

/// The first alternative that fits; the last one's problems when none does.
template <class... Types>
bool decode_variant(const boost::json::value& from, std::variant<Types...>& to, const Location& where,
                    Problems& problems) {
    Problems found;
    const auto fits = [&]<class T>(std::type_identity<T>) {
        found.clear();
        T held{};
        if (!decode_into(from, held, where, found)) {
            return false;
        }
        to = std::move(held);
        return true;
    };
    if ((fits(std::type_identity<Types>{}) || ...)) {
        return true;
    }
    add_all(found, problems);
    return false;
}

template <class T>
bool decode_integer(const boost::json::value& from, T& to, const Location& where, Problems& problems) {
    constexpr std::int64_t widest = std::numeric_limits<std::int64_t>::max();
    constexpr auto max = std::cmp_greater(std::numeric_limits<T>::max(), widest)
                             ? widest
                             : static_cast<std::int64_t>(std::numeric_limits<T>::max());
    std::int64_t number = 0;
    if (!read_integer(from, number, static_cast<std::int64_t>(std::numeric_limits<T>::min()), max, where,
                      problems)) {
        return false;
    }
    to = static_cast<T>(number);
    return true;
}

template <class T>
bool decode_into(const boost::json::value& from, T& to, const Location& where, Problems& problems) {
    if constexpr (std::is_same_v<T, bool>) {
        return read_bool(from, to, where, problems);
    } else if constexpr (std::integral<T>) {
        return decode_integer(from, to, where, problems);
    } else if constexpr (std::is_same_v<T, double>) {
        return read_number(from, to, where, problems);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return read_string(from, to, where, problems);
    } else if constexpr (std::is_same_v<T, TimePoint>) {
        return read_time(from, to, where, problems);
    } else if constexpr (std::is_same_v<T, boost::json::value>) {
        to = from;
        return true;
    } else if constexpr (std::is_same_v<T, Raw>) {
        to.text = to_text(from);
        return true;
    } else if constexpr (DescribedEnum<T>) {
        return decode_enum(from, to, where, problems);
    } else if constexpr (requires { T::min_length; }) {
        return read_text(from, to.value, T::min_length, T::max_length, where, problems);
    } else if constexpr (Constrained<T> && requires { T::min; }) {
        return read_integer(from, to.value, T::min, T::max, where, problems);
    } else if constexpr (is_a<T, Required>) {
        return decode_into(from, to.value, where, problems);
    } else if constexpr (StringLike<T>) {
        std::string text;
        const bool good = read_string(from, text, where, problems);
        to = T{std::move(text)};
        return good;
    } else if constexpr (is_a<T, std::optional> || is_a<T, Omittable>) {
        to.reset();
        return from.is_null() || decode_into(from, to.emplace(), where, problems);
    } else if constexpr (is_a<T, std::variant>) {
        return decode_variant(from, to, where, problems);
    } else if constexpr (Described<T>) {
        return decode_struct(from, to, where, problems);
    } else if constexpr (Entries<T>) {
        return decode_entries(from, to, where, problems);
    } else if constexpr (Range<T>) {
        return decode_range(from, to, where, problems);
    } else {
        static_assert(!sizeof(T*), "not a type JSON can hold: describe it with BOOST_DESCRIBE_STRUCT");
    }
}

/// nullopt when something is wrong: `problems` then holds everything that is.
template <class T>
std::optional<T> decode(const boost::json::value& from, const Location& where, Problems& problems) {
    std::optional<T> to{std::in_place};
    if (!decode_into(from, *to, where, problems)) {
        to.reset();
    }
    return to;
}

/// How deep arrays and objects may nest in a document that we stored or that an upstream sent.
inline constexpr std::size_t document_depth = 64;

/// Parses a text that has to be one JSON value. Errc::internal, with the position as the cause, when it
/// isn't.
Result<boost::json::value> parse(std::string_view text, std::size_t max_depth = document_depth);

/// `{"detail":[...]}`: the body of a 422.
std::string problems_body(const Problems& problems);

/// Parses a request's body: nullopt with one json_invalid problem at `where` and the offset when it is no
/// JSON, nests deeper than `max_depth`, is followed by more, or names a member twice.
std::optional<boost::json::value> parse_input(std::string_view text, std::size_t max_depth,
                                              const Location& where, Problems& problems);

/// The error for a document that can't be read: Errc::internal, the cause names the first path.
Error unreadable(const Problems& problems);

/// Reads a document that we stored or that an upstream sent.
template <class T>
Result<T> read(std::string_view text) {
    auto document = parse(text);
    if (!document) {
        return std::unexpected(std::move(document.error()));
    }
    Problems problems;
    auto value = decode<T>(*document, Location{""}, problems);
    if (!value) {
        return std::unexpected(unreadable(problems));
    }
    return std::move(*value);
}

} // namespace personalify::json
