#include "json/schema.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <cctype>

namespace personalify::json {

namespace {

namespace bj = boost::json;

bj::value text(std::string_view words) {
    return bj::string{words};
}

/// {"type": name}, with null allowed when the shape is nullable.
bj::object typed(std::string_view name, bool nullable) {
    bj::object schema;
    if (nullable) {
        schema.emplace("type", bj::array{text(name), text("null")});
    } else {
        schema.emplace("type", text(name));
    }
    return schema;
}

void limit(bj::object& schema, const Shape& shape, std::string_view min, std::string_view max) {
    if (shape.min) {
        schema.emplace(min, *shape.min);
    }
    if (shape.max && *shape.max != std::numeric_limits<std::int64_t>::max()) {
        schema.emplace(max, *shape.max);
    }
}

bj::object enumeration(const Shape& shape) {
    auto schema = typed("string", shape.nullable);
    bj::array names;
    for (const auto name : shape.names) {
        names.push_back(text(name));
    }
    if (shape.nullable) {
        names.emplace_back(nullptr);
    }
    schema.emplace("enum", std::move(names));
    return schema;
}

const MemberDoc* doc_of(const Shape& shape, std::string_view name) {
    const auto found = std::ranges::find(shape.docs, name, &MemberDoc::name);
    return found == shape.docs.end() ? nullptr : &*found;
}

/// Any of these, or null.
bj::object either(bj::value schema, bool nullable) {
    if (!nullable) {
        return std::move(schema.as_object());
    }
    bj::object whole;
    whole.emplace("anyOf", bj::array{std::move(schema), typed("null", false)});
    return whole;
}

/// What an input's members are when they are not sent.
bj::value defaults_of(const Shape& shape, Use use) {
    return use == Use::input && shape.defaults != nullptr ? bj::parse(shape.defaults()) : bj::value(nullptr);
}

bj::object with_words(bj::value schema, const Shape& of, const ShapeMember& member,
                      const bj::value& defaults) {
    bj::object whole = std::move(schema.as_object());
    if (const auto* doc = doc_of(of, member.name)) {
        if (!doc->description.empty()) {
            whole.insert_or_assign("description", text(doc->description));
        }
        if (!doc->example.empty()) {
            whole.insert_or_assign("examples", bj::array{bj::parse(doc->example)});
        }
    }
    if (const auto* object = defaults.if_object(); object != nullptr && !member.required_input) {
        const auto* value = object->if_contains(member.name);
        if (value != nullptr && !value->is_null()) {
            whole.insert_or_assign("default", *value);
        }
    }
    return whole;
}

bj::object object_schema(const Shape& shape, Use use, Components& components) {
    auto schema = typed("object", false);
    if (!shape.description.empty()) {
        schema.emplace("description", text(shape.description));
    }
    const auto defaults = defaults_of(shape, use);
    bj::object properties;
    bj::array required;
    for (const auto& member : shape.members) {
        properties.emplace(member.name,
                           with_words(components.schema(member.shape(), use), shape, member, defaults));
        if (use == Use::input ? member.required_input : !member.omittable) {
            required.push_back(text(member.name));
        }
    }
    schema.emplace("properties", std::move(properties));
    if (!required.empty()) {
        schema.emplace("required", std::move(required));
    }
    if (shape.example != nullptr) {
        schema.emplace("examples", bj::array{bj::parse(shape.example())});
    }
    return schema;
}

bj::value reference(std::string_view name) {
    bj::object schema;
    schema.emplace("$ref", "#/components/schemas/" + std::string{name});
    return schema;
}

} // namespace

std::string short_name(std::string_view pretty) {
    const auto from = pretty.find("T = ");
    if (from != std::string_view::npos) {
        pretty = pretty.substr(from + 4);
        pretty = pretty.substr(0, pretty.rfind(']'));
    }
    std::string name;
    std::size_t segment = 0; // where the part starts that a "::" ends
    const auto joined = [&](std::string_view word) { segment = name.append(word).size(); };
    for (std::size_t i = 0; i < pretty.size(); ++i) {
        const auto c = static_cast<unsigned char>(pretty[i]);
        if (c == ':') {
            name.resize(segment);
        } else if (c == '<') {
            joined("Of");
        } else if (c == ',') {
            joined("And");
        } else if (std::isalnum(c) != 0 || c == '_') {
            name += static_cast<char>(c);
        }
    }
    return name;
}

bj::value Components::schema(const Shape& shape, Use use) {
    using Kind = Shape::Kind;
    switch (shape.kind) {
    case Kind::boolean:
        return typed("boolean", shape.nullable);
    case Kind::integer: {
        auto schema = typed("integer", shape.nullable);
        limit(schema, shape, "minimum", "maximum");
        return schema;
    }
    case Kind::number:
        return typed("number", shape.nullable);
    case Kind::string: {
        auto schema = typed("string", shape.nullable);
        limit(schema, shape, "minLength", "maxLength");
        return schema;
    }
    case Kind::time: {
        auto schema = typed("string", shape.nullable);
        schema.emplace("format", "date-time");
        return schema;
    }
    case Kind::enumeration:
        return enumeration(shape);
    case Kind::any:
        return bj::object{};
    case Kind::array: {
        auto schema = typed("array", shape.nullable);
        schema.emplace("items", this->schema(shape.parts.front()(), use));
        return schema;
    }
    case Kind::map: {
        auto schema = typed("object", shape.nullable);
        schema.emplace("additionalProperties", this->schema(shape.parts.front()(), use));
        return schema;
    }
    case Kind::one_of: {
        bj::array parts;
        for (const auto part : shape.parts) {
            parts.push_back(this->schema(part(), use));
        }
        bj::object schema;
        // Alternatives may share members: a value can fit two of them, which oneOf would refuse.
        schema.emplace("anyOf", std::move(parts));
        return either(std::move(schema), shape.nullable);
    }
    case Kind::object:
        return either(reference(reserve(shape, use)), shape.nullable);
    }
    return bj::object{};
}

std::string Components::reserve(const Shape& shape, Use use) {
    std::string name = shape.name;
    for (int twin = 2;; ++twin) {
        const auto found = named_.find(name);
        if (found == named_.end()) {
            break;
        }
        if (found->second.identity == shape.identity && found->second.use == use) {
            return name;
        }
        if (found->second.identity == shape.identity) {
            name = shape.name + (use == Use::input ? "Input" : "Answer");
        } else {
            name = shape.name + std::to_string(twin);
        }
    }
    named_.emplace(name, Named{shape.identity, use, nullptr}); // first, for types that hold themselves
    auto schema = object_schema(shape, use, *this);
    const Named& plain = named_.at(shape.name);
    if (name != shape.name && plain.identity == shape.identity && plain.schema == schema) {
        named_.erase(name); // sent and answered alike: one name is enough
        return shape.name;
    }
    named_.at(name).schema = std::move(schema);
    return name;
}

void Components::add(std::string name, bj::value schema) {
    named_.insert_or_assign(std::move(name), Named{nullptr, Use::answer, std::move(schema)});
}

bj::value Components::to_json() const {
    bj::object all;
    for (const auto& [name, entry] : named_) {
        all.emplace(name, entry.schema);
    }
    return all;
}

bj::value member_schema(const Shape& of, const ShapeMember& member, Use use, Components& components) {
    return with_words(components.schema(member.shape(), use), of, member, defaults_of(of, use));
}

std::string_view member_description(const Shape& of, std::string_view name) {
    const auto* doc = doc_of(of, name);
    return doc == nullptr ? std::string_view{} : doc->description;
}

} // namespace personalify::json
