#include "http/route_inputs.hpp"

#include "http/text.hpp"

#include <algorithm>

namespace personalify::http {

namespace {

namespace bj = boost::json;

constexpr std::size_t max_body_depth = 32;

/// Of equal names the last wins.
bj::value as_object(std::vector<std::pair<std::string, std::string>> pairs) {
    bj::object object;
    object.reserve(pairs.size());
    for (const auto& [name, value] : pairs) {
        object.insert_or_assign(name, bj::string{value});
    }
    return object;
}

/// Decodes a query or a form; an empty object, with a problem, when it can't be.
bj::value read_pairs(std::string_view text, std::string_view from, json::Problems& problems) {
    auto pairs = parse_query(text);
    if (!pairs) {
        problems.push_back({std::string{from} + "_parsing", json::Location{from}.path(),
                            "Input should be at most 200 well-formed name=value pairs", nullptr});
        return bj::object{};
    }
    return as_object(std::move(*pairs));
}

bool has_required(const json::Shape& shape) {
    return std::ranges::any_of(shape.members, &json::ShapeMember::required_input);
}

bool is_struct(const json::Shape& shape) {
    return shape.kind == json::Shape::Kind::object;
}

Response unsupported(std::string_view wanted) {
    return error_response(415, "Content-Type should be " + std::string{wanted});
}

/// A body that is no object has none of the members: they are reported one by one, as for an empty object.
void read_json(const Route& route, std::string_view text, Inputs& inputs) {
    const json::Location where{"body"};
    if (text.empty() && route.doc.body->nullable) {
        return; // an optional body that is not there
    }
    if (text.empty()) {
        inputs.body = bj::object{};
        if (!is_struct(*route.doc.body)) {
            json::add_missing(where, inputs.problems);
        }
        return;
    }
    if (auto body = json::parse_input(text, max_body_depth, where, inputs.problems)) {
        inputs.body = std::move(*body);
    }
    const bool nothing = inputs.body.is_null() ? !route.doc.body->nullable
                                               : !inputs.body.is_object() && has_required(*route.doc.body);
    if (is_struct(*route.doc.body) && nothing) {
        inputs.body = bj::object{};
    }
}

} // namespace

bool is_media_type(std::string_view content_type, std::string_view media_type) {
    std::optional<std::string_view> rest = content_type;
    const auto type = next_item(rest, ';');
    if (!type || !same_ignoring_case(*type, media_type)) {
        return false;
    }
    while (const auto parameter = next_item(rest, ';')) {
        const auto equals = parameter->find('=');
        if (equals == std::string_view::npos ||
            !same_ignoring_case(trim(parameter->substr(0, equals)), "charset")) {
            continue;
        }
        auto charset = trim(parameter->substr(equals + 1));
        if (charset.size() >= 2 && charset.starts_with('"') && charset.ends_with('"')) {
            charset = charset.substr(1, charset.size() - 2);
        }
        if (!same_ignoring_case(charset, "utf-8") && !same_ignoring_case(charset, "utf8")) {
            return false;
        }
    }
    return true;
}

std::optional<Response> read_inputs(const Route& route, const Request& request,
                                    const std::vector<std::string>& path_values, Inputs& inputs) {
    const std::string_view media_type =
        route.body == BodyKind::form ? "application/x-www-form-urlencoded" : "application/json";
    const bool sent = route.body != BodyKind::none && !request.body.empty();
    if (sent && !is_media_type(request.header("Content-Type").value_or(""), media_type)) {
        return unsupported(media_type);
    }
    if (route.body == BodyKind::json) {
        read_json(route, request.body, inputs);
        if (!inputs.problems.empty()) {
            return unprocessable(inputs.problems);
        }
    }
    inputs.path.reserve(path_values.size());
    for (const auto& value : path_values) {
        inputs.path.emplace_back(bj::string{value});
    }
    if (route.reads_query) {
        inputs.query = read_pairs(request.query, "query", inputs.problems);
    }
    if (route.body == BodyKind::form) {
        inputs.body = read_pairs(request.body, "body", inputs.problems);
    }
    return std::nullopt;
}

} // namespace personalify::http
