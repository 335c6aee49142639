#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace boost::json {
class value;
}

/// What the writer, the reader and the schemas agree on: which C++ type is which JSON.
namespace personalify::json {

/// JSON text that is ready: written as it is. The one who makes it answers for its validity.
struct Raw {
    std::string text;
};

/// A member that is left out when it is empty, where std::optional would be null.
template <class T>
struct Omittable : std::optional<T> {
    using std::optional<T>::optional;
    Omittable(std::optional<T> value)
        : std::optional<T>(std::move(value)) {}

    template <class U>
        requires(std::is_constructible_v<T, U> &&
                 !std::is_base_of_v<std::optional<T>, std::remove_cvref_t<U>>)
    Omittable& operator=(U&& value) {
        this->emplace(std::forward<U>(value));
        return *this;
    }
};

/// The class members of T, inherited ones first, as Boost.Describe lists them.
template <class T>
using Members =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// The JSON name of a described member: its own, without a trailing underscore (`public_` is "public").
template <class Descriptor>
constexpr std::string_view member_name() {
    std::string_view name = Descriptor::name;
    if (name.ends_with('_')) {
        name.remove_suffix(1);
    }
    return name;
}

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <template <class...> class Template, class... Args>
inline constexpr bool is_a<Template<Args...>, Template> = true;

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;

/// Strong types over a string (UserId): made from a std::string, read by str().
template <class T>
concept StringLike =
    std::is_class_v<T> && std::is_constructible_v<T, std::string> && requires(const T& value) {
        { value.str() } -> std::convertible_to<std::string_view>;
    };

/// Wrappers that constrain an input (json/input.hpp): they hold the plain value in `.value`.
template <class T>
concept Constrained = requires { typename T::ConstrainedValue; };

template <class T>
concept Range = requires(const T& range) {
    range.begin();
    range.end();
    typename T::value_type;
};

template <class T>
inline constexpr bool is_entry = false;
template <class Value>
inline constexpr bool is_entry<std::pair<std::string, Value>> = true;
template <class Value>
inline constexpr bool is_entry<std::pair<const std::string, Value>> = true;

/// std::map<std::string, T> and std::vector<std::pair<std::string, T>>: an object, in the container's order.
template <class T>
concept Entries = Range<T> && is_entry<typename T::value_type>;

/// The names of an enumeration, in order of declaration.
template <DescribedEnum E>
constexpr auto enum_names() {
    return []<template <class...> class List, class... D>(List<D...>) {
        return std::array<std::string_view, sizeof...(D)>{std::string_view{D::name}...};
    }(boost::describe::describe_enumerators<E>{});
}

template <DescribedEnum E>
constexpr auto enum_values() {
    return []<template <class...> class List, class... D>(List<D...>) {
        return std::array<E, sizeof...(D)>{D::value...};
    }(boost::describe::describe_enumerators<E>{});
}

} // namespace personalify::json
