#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>

/// Types for the members of an input (query, form, body). A plain member keeps its default initializer when
/// it is missing; these say more. They convert to what they hold and work in json/read.hpp and
/// json/schema.hpp.
namespace personalify::json {

/// The innermost plain type of a possibly constrained one.
template <class T>
struct PlainOf {
    using type = T;
};
template <class T>
    requires requires { typename T::ConstrainedValue; }
struct PlainOf<T> : PlainOf<typename T::ConstrainedValue> {};
template <class T>
using Plain = typename PlainOf<T>::type;

/// A member that has to be there: `json::Required<UserId> spotify_id;`. `*member` is the plain value, also
/// when the type inside is constrained itself.
template <class T>
struct Required {
    using ConstrainedValue = T;
    T value{};

    const Plain<T>& operator*() const {
        if constexpr (requires { typename T::ConstrainedValue; }) {
            return *value;
        } else {
            return value;
        }
    }
    const Plain<T>* operator->() const { return &**this; }
    operator const Plain<T>&() const { return **this; }
    bool operator==(const Required&) const = default;
};

/// A whole number between Min and Max, both allowed: `json::Bounded<1, 50> limit = 10;`.
template <std::int64_t Min, std::int64_t Max = std::numeric_limits<std::int64_t>::max()>
struct Bounded {
    using ConstrainedValue = std::int64_t;
    static constexpr std::int64_t min = Min;
    static constexpr std::int64_t max = Max;
    std::int64_t value = Min;

    constexpr Bounded() = default;
    constexpr Bounded(std::int64_t number)
        : value(number) {}
    const std::int64_t& operator*() const { return value; }
    operator std::int64_t() const { return value; }
};

/// Text of MinLength to MaxLength characters (code points): `json::Required<json::Text<1, 200>> q;`.
template <std::int64_t MinLength, std::int64_t MaxLength>
struct Text {
    using ConstrainedValue = std::string;
    static constexpr std::int64_t min_length = MinLength;
    static constexpr std::int64_t max_length = MaxLength;
    std::string value;

    Text() = default;
    Text(std::string text)
        : value(std::move(text)) {}
    Text(const char* text)
        : value(text) {}
    const std::string& operator*() const { return value; }
    const std::string* operator->() const { return &value; }
    operator const std::string&() const { return value; }
    bool operator==(const Text&) const = default;
};

} // namespace personalify::json
