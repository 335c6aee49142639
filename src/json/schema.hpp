#pragma once

#include "json/describe.hpp"
#include "json/input.hpp"
#include "json/write.hpp"

#include <boost/json/value.hpp>

#include <concepts>
#include <map>
#include <span>

/// JSON Schema 2020-12, as OpenAPI 3.1 uses it, from described types.
///   template <> struct personalify::json::Docs<TopQuery> {
///       static constexpr std::string_view description = "What to list";
///       static constexpr MemberDoc members[] = {{"limit", "How many of each", "10"}};
///   };
/// A type may give a whole example of itself: `static Dashboard example();`, there or in its Docs.
namespace personalify::json {

/// Words about one member; the example is JSON text.
struct MemberDoc {
    std::string_view name;
    std::string_view description;
    std::string_view example = {};
};

/// Specialise before any use: `description`, `members` and `example()`, all optional.
template <class T>
struct Docs {};

struct Shape;
using ShapeOf = const Shape& (*)();

struct ShapeMember {
    std::string_view name;
    ShapeOf shape;
    bool required_input; ///< json::Required
    bool omittable;      ///< json::Omittable: may be missing in an answer
};

/// What a type looks like as JSON, without the type. One static object per type.
struct Shape {
    enum class Kind { boolean, integer, number, string, time, enumeration, any, array, map, object, one_of };

    Kind kind = Kind::any;
    std::string name = {}; ///< of a described struct: its C++ name without namespaces
    bool nullable = false;
    std::optional<std::int64_t> min = {}; ///< value of an integer, length of a string
    std::optional<std::int64_t> max = {};
    std::vector<std::string_view> names = {}; ///< of an enumeration
    std::vector<ShapeOf> parts = {};          ///< an array's or a map's element; alternatives
    std::vector<ShapeMember> members = {};
    std::string_view description = {};
    std::span<const MemberDoc> docs = {};
    std::string (*defaults)() = nullptr; ///< a default-constructed value as JSON text
    std::string (*example)() = nullptr;
    const void* identity = nullptr; ///< one per described type
};

/// "Page" for personalify::Page, "PageOfTrack" for personalify::Page<personalify::Track>, out of what
/// pretty_name says.
std::string short_name(std::string_view pretty);

template <class T>
std::string_view pretty_name() {
    return __PRETTY_FUNCTION__;
}

template <class T>
const Shape& shape_of();

template <Described T>
void describe_members_of(Shape& shape) {
    shape.kind = Shape::Kind::object;
    shape.name = short_name(pretty_name<T>());
    shape.identity = pretty_name<T>().data();
    boost::mp11::mp_for_each<Members<T>>([&]<class D>(D) {
        using Type = std::remove_cvref_t<decltype(std::declval<T&>().*D::pointer)>;
        shape.members.push_back(
            {member_name<D>(), &shape_of<Type>, is_a<Type, Required>, is_a<Type, Omittable>});
    });
    if constexpr (requires { Docs<T>::description; }) {
        shape.description = Docs<T>::description;
    }
    if constexpr (requires { Docs<T>::members; }) {
        shape.docs = Docs<T>::members;
    }
    if constexpr (std::is_default_constructible_v<T>) {
        shape.defaults = [] { return write(T{}); };
    }
    if constexpr (requires { T::example(); }) {
        shape.example = [] { return write(T::example()); };
    } else if constexpr (requires { Docs<T>::example(); }) {
        shape.example = [] { return write(Docs<T>::example()); };
    }
}

template <class T>
inline constexpr bool is_variant = false;
template <class... Types>
inline constexpr bool is_variant<std::variant<Types...>> = true;

template <class... Types>
void describe_alternatives(Shape& shape, std::type_identity<std::variant<Types...>>) {
    shape.kind = Shape::Kind::one_of;
    shape.parts = {&shape_of<Types>...};
}

template <class T>
Shape make_shape() {
    using Kind = Shape::Kind;
    if constexpr (is_a<T, std::optional>) {
        Shape shape = shape_of<typename T::value_type>();
        shape.nullable = true;
        return shape;
    } else if constexpr (is_a<T, Omittable>) {
        return shape_of<typename T::value_type>();
    } else if constexpr (is_a<T, Required>) {
        return shape_of<typename T::ConstrainedValue>();
    } else if constexpr (is_a<T, std::shared_ptr>) {
        return shape_of<std::remove_const_t<typename T::element_type>>();
    }
    Shape shape;
    if constexpr (std::is_same_v<T, bool>) {
        shape.kind = Kind::boolean;
    } else if constexpr (std::integral<T>) {
        shape.kind = Kind::integer;
    } else if constexpr (std::floating_point<T>) {
        shape.kind = Kind::number;
    } else if constexpr (std::is_same_v<T, TimePoint>) {
        shape.kind = Kind::time;
    } else if constexpr (DescribedEnum<T>) {
        shape.kind = Kind::enumeration;
        const auto names = enum_names<T>();
        shape.names.assign(names.begin(), names.end());
    } else if constexpr (requires { T::min_length; }) {
        shape.kind = Kind::string;
        shape.min = T::min_length;
        shape.max = T::max_length;
    } else if constexpr (Constrained<T> && requires { T::min; }) {
        shape.kind = Kind::integer;
        shape.min = T::min;
        shape.max = T::max;
    } else if constexpr (std::is_convertible_v<const T&, std::string_view> || StringLike<T>) {
        shape.kind = Kind::string;
    } else if constexpr (is_variant<T>) {
        describe_alternatives(shape, std::type_identity<T>{});
    } else if constexpr (Described<T>) {
        describe_members_of<T>(shape);
    } else if constexpr (Entries<T>) {
        shape.kind = Kind::map;
        shape.parts = {&shape_of<typename T::value_type::second_type>};
    } else if constexpr (Range<T>) {
        shape.kind = Kind::array;
        shape.parts = {&shape_of<std::remove_cv_t<typename T::value_type>>};
    }
    return shape;
}

/// The one Shape of T. Everything it refers to is looked up when it is used, so types may be recursive.
template <class T>
const Shape& shape_of() {
    static const Shape shape = make_shape<T>();
    return shape;
}

/// Input: what a request may send (Required members are required). Answer: what we send (all but Omittable
/// members are always there).
enum class Use { answer, input };

/// The named schemas of a document (`#/components/schemas/...`), in alphabetical order.
class Components {
public:
    /// The schema, or a reference to it when it has a name.
    boost::json::value schema(const Shape& shape, Use use);
    /// Adds one written by hand.
    void add(std::string name, boost::json::value schema);
    boost::json::value to_json() const;

private:
    struct Named {
        const void* identity;
        Use use;
        boost::json::value schema;
    };
    std::string reserve(const Shape& shape, Use use);
    std::map<std::string, Named> named_;
};

template <class T>
boost::json::value schema_of(Components& components, Use use = Use::answer) {
    return components.schema(shape_of<T>(), use);
}

/// The schema of one member alone, with its words, default and example: for a parameter of a query.
boost::json::value member_schema(const Shape& of, const ShapeMember& member, Use use, Components& components);
/// The words of that member, or "".
std::string_view member_description(const Shape& of, std::string_view name);

} // namespace personalify::json
