#include "http/openapi.hpp"

#include "http/openapi_words.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <map>

namespace personalify::http {

namespace {

namespace bj = boost::json;
using json::Components;
using json::Use;

constexpr std::string_view detail_schema = R"({
    "type": "object", "description": "Why it failed, in words that may be shown",
    "properties": {"detail": {"type": "string"}}, "required": ["detail"],
    "examples": [{"detail": "Not Found"}]})";

constexpr std::string_view problem_schema = R"({
    "type": "object", "description": "One thing wrong with the input",
    "properties": {
        "type": {"type": "string", "description": "Name of the rule"},
        "loc": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
                "description": "Where: path, query or body, then names and indexes"},
        "msg": {"type": "string"},
        "input": {"description": "What was there"},
        "ctx": {"type": "object", "description": "The rule's numbers and names"}},
    "required": ["type", "loc", "msg", "input"]})";

constexpr std::string_view problems_schema = R"({
    "type": "object", "description": "Everything that is wrong with the input",
    "properties": {"detail": {"type": "array", "items": {"$ref": "#/components/schemas/ValidationError"}}},
    "required": ["detail"],
    "examples": [{"detail": [{"type": "missing", "loc": ["query", "spotify_id"], "msg": "Field required",
                              "input": null}]}]})";

bj::value text(std::string_view words) {
    return bj::string{words};
}

bj::value reference(std::string_view name) {
    bj::object schema;
    schema.emplace("$ref", "#/components/schemas/" + std::string{name});
    return schema;
}

/// {"<media type>": {"schema": ...}}
bj::object content(std::string_view media_type, bj::value schema) {
    bj::object media;
    media.emplace("schema", std::move(schema));
    bj::object all;
    all.emplace(media_type, std::move(media));
    return all;
}

class Document {
public:
    Document(const ApiInfo& info, const std::function<int(Errc)>& status_of)
        : info_(info)
        , status_of_(status_of) {}

    std::string write(const Router& router) {
        components_.add("Detail", bj::parse(detail_schema));
        components_.add("ValidationError", bj::parse(problem_schema));
        components_.add("HTTPValidationError", bj::parse(problems_schema));
        bj::object paths;
        for (const Route& route : router.routes()) {
            auto& item = paths[route.pattern];
            if (!item.is_object()) {
                item.emplace_object();
            }
            std::string method = operation_id(route);
            method.resize(route.method.size());
            item.get_object().emplace(method, operation(route));
        }
        bj::object document;
        document.emplace("openapi", "3.1.0");
        document.emplace("info", about());
        document.emplace("servers", servers());
        document.emplace("tags", tags(router));
        document.emplace("paths", std::move(paths));
        bj::object components;
        components.emplace("schemas", components_.to_json());
        if (auto schemes = security_schemes(); !schemes.empty()) {
            components.emplace("securitySchemes", std::move(schemes));
        }
        document.emplace("components", std::move(components));
        return bj::serialize(document);
    }

private:
    bj::object about() const {
        bj::object about;
        about.emplace("title", info_.title);
        about.emplace("version", info_.version);
        if (!info_.description.empty()) {
            about.emplace("description", info_.description);
        }
        return about;
    }

    bj::array servers() const {
        bj::array all;
        for (const auto& url : info_.servers) {
            all.push_back(bj::object{{"url", url}});
        }
        return all;
    }

    /// In the order of their first route.
    static bj::array tags(const Router& router) {
        bj::array all;
        std::vector<std::string_view> seen;
        for (const Route& route : router.routes()) {
            const std::string_view tag = route.doc.tag;
            if (!tag.empty() && std::ranges::find(seen, tag) == seen.end()) {
                seen.push_back(tag);
                all.push_back(bj::object{{"name", text(tag)}});
            }
        }
        return all;
    }

    /// Those that a route uses.
    bj::object security_schemes() const {
        const auto http = [](std::string_view scheme, std::string_view words) {
            return bj::object{{"type", "http"}, {"scheme", text(scheme)}, {"description", text(words)}};
        };
        bj::object all;
        if (uses_sessions_) {
            all.emplace("session_cookie",
                        bj::object{{"type", "apiKey"}, {"in", "cookie"}, {"name", info_.session_cookie}});
            all.emplace("session_bearer", http("bearer", "The session token, as the mobile app sends it"));
        }
        if (uses_admin_) {
            all.emplace("admin_bearer", http("bearer", "The admin token"));
            all.emplace("admin_basic", http("basic", "User admin, with the admin token as the password"));
        }
        return all;
    }

    bj::array security(Access access) {
        (access == Access::admin ? uses_admin_ : uses_sessions_) = true;
        const auto either = [](std::string_view a, std::string_view b) {
            bj::object first;
            first.emplace(a, bj::array{});
            bj::object second;
            second.emplace(b, bj::array{});
            bj::array all;
            all.push_back(std::move(first));
            all.push_back(std::move(second));
            return all;
        };
        if (access == Access::admin) {
            return either("admin_bearer", "admin_basic");
        }
        bj::array all = either("session_cookie", "session_bearer");
        if (access == Access::anyone) { // {}: a session is looked at, but not needed
            all.insert(all.begin(), bj::object{});
        }
        return all;
    }

    bj::object operation(const Route& route) {
        bj::object operation;
        operation.emplace("operationId", operation_id(route));
        operation.emplace("summary", route.doc.summary);
        if (!route.doc.description.empty()) {
            operation.emplace("description", route.doc.description);
        }
        if (!route.doc.tag.empty()) {
            bj::array tag;
            tag.push_back(text(route.doc.tag));
            operation.emplace("tags", std::move(tag));
        }
        if (auto parameters = this->parameters(route); !parameters.empty()) {
            operation.emplace("parameters", std::move(parameters));
        }
        auto answers = responses(route); // first: of a type that is also sent, the answer has the plain name
        if (route.doc.body != nullptr) {
            operation.emplace("requestBody", request_body(route));
        }
        operation.emplace("responses", std::move(answers));
        if (route.doc.access != Access::anyone || route.doc.takes_caller) {
            operation.emplace("security", security(route.doc.access));
        }
        return operation;
    }

    bj::array parameters(const Route& route) {
        bj::array all;
        for (const auto& parameter : route.doc.path) {
            auto schema = components_.schema(parameter.shape(), Use::input);
            if (parameter.shape().kind == json::Shape::Kind::string) {
                schema.as_object().emplace("minLength", 1);
                schema.as_object().emplace("maxLength", 255);
            }
            all.push_back(
                this->parameter(parameter.name, "path", true, parameter.description, std::move(schema)));
        }
        if (route.doc.query != nullptr) {
            for (const auto& member : route.doc.query->members) {
                auto schema = json::member_schema(*route.doc.query, member, Use::input, components_);
                schema.as_object().erase("description");
                all.push_back(parameter(member.name, "query", member.required_input,
                                        json::member_description(*route.doc.query, member.name),
                                        std::move(schema)));
            }
        }
        return all;
    }

    static bj::object parameter(std::string_view name, std::string_view in, bool required,
                                std::string_view description, bj::value schema) {
        bj::object parameter;
        parameter.emplace("name", text(name));
        parameter.emplace("in", text(in));
        parameter.emplace("required", required);
        if (!description.empty()) {
            parameter.emplace("description", text(description));
        }
        parameter.emplace("schema", std::move(schema));
        return parameter;
    }

    bj::object request_body(const Route& route) {
        const bool required =
            !route.doc.body->nullable &&
            (std::ranges::any_of(route.doc.body->members, &json::ShapeMember::required_input) ||
             route.doc.body->kind != json::Shape::Kind::object);
        bj::object body;
        body.emplace("required", required);
        body.emplace("content", content(route.body == BodyKind::form ? "application/x-www-form-urlencoded"
                                                                     : "application/json",
                                        components_.schema(*route.doc.body, Use::input)));
        return body;
    }

    bj::object responses(const Route& route) {
        std::map<int, bj::object> all;
        for (const auto& answer : route.doc.answers) {
            add_answer(all[answer.status], answer);
        }
        if (route.etag) {
            all[200].emplace("headers", header("ETag", "Names this version of the answer"));
            all[304].emplace("description", "The client has this version already");
        }
        auto errors = route.doc.errors;
        if (route.doc.access != Access::anyone) {
            errors.push_back(Errc::unauthenticated);
        }
        if (info_.limited && route.limit != no_limit) {
            errors.push_back(Errc::too_many_requests);
        }
        for (const Errc code : errors) {
            add_error(all[status_of_(code)], code);
        }
        if (route.doc.body != nullptr || route.doc.query != nullptr || !route.doc.path.empty()) {
            auto& response = all[422];
            response.insert_or_assign("description", "Missing or ill-typed input");
            response.insert_or_assign("content",
                                      content("application/json", reference("HTTPValidationError")));
        }
        if (route.doc.body != nullptr) {
            add_detail(all[415], "Another kind of body");
        }
        if (!route.doc.path.empty() && !all.contains(404)) {
            add_detail(all[404], "A path that is longer than any name");
        }
        bj::object responses;
        for (auto& [status, response] : all) {
            responses.emplace(std::to_string(status), std::move(response));
        }
        return responses;
    }

    /// Answers of one status and media type become alternatives.
    void add_answer(bj::object& response, const AnswerDoc& answer) {
        if (auto& words = response["description"]; words.is_null() || !answer.text.empty()) {
            words = text(answer.text.empty() ? "As asked" : answer.text);
        }
        if (!answer.header.empty()) {
            response.emplace("headers", header(answer.header, ""));
        }
        if (answer.media_type.empty()) {
            return;
        }
        auto schema = answer.shape != nullptr ? components_.schema(answer.shape(), Use::answer)
                      : answer.media_type.starts_with("text/") ? bj::value(bj::object{{"type", "string"}})
                                                               : bj::value(bj::object{});
        auto& bodies = response["content"];
        if (!bodies.is_object()) {
            bodies = content(answer.media_type, std::move(schema));
            return;
        }
        auto& media = bodies.get_object()[answer.media_type];
        if (!media.is_object()) {
            media = bj::object{{"schema", std::move(schema)}};
            return;
        }
        auto& there = media.get_object()["schema"];
        if (auto* alternatives = there.get_object().if_contains("anyOf")) {
            alternatives->as_array().push_back(std::move(schema));
        } else {
            bj::array both;
            both.push_back(there);
            both.push_back(std::move(schema));
            bj::object any;
            any.emplace("anyOf", std::move(both));
            there = std::move(any);
        }
    }

    static bj::object header(std::string_view name, std::string_view description) {
        bj::object headers;
        add_header(headers, name, description);
        return headers;
    }

    static void add_header(bj::object& headers, std::string_view name, std::string_view description) {
        bj::object inner{{"schema", bj::object{{"type", "string"}}}};
        if (!description.empty()) {
            inner.emplace("description", text(description));
        }
        headers.emplace(name, std::move(inner));
    }

    static void add_error(bj::object& response, Errc code) {
        add_detail(response, words_for(code));
        if (code == Errc::rate_limited || code == Errc::upstream_unavailable || code == Errc::overloaded ||
            code == Errc::too_many_requests) {
            auto headers = header("Retry-After", "Seconds to wait");
            if (code == Errc::too_many_requests) {
                add_header(headers, "RateLimit-Policy", "The limit: its size q, filled in w seconds");
                add_header(headers, "RateLimit",
                           "What it holds: r left, the next request passes in t seconds");
            }
            response.insert_or_assign("headers", std::move(headers));
        }
    }

    /// Several codes may share a status: their words are joined.
    static void add_detail(bj::object& response, std::string_view words) {
        auto& description = response["description"];
        if (description.is_string()) {
            const std::string_view there = description.get_string();
            if (there.find(words) == std::string_view::npos) {
                description = text(std::string{there} + ". " + std::string{words});
            }
        } else {
            description = text(words);
        }
        if (!response.contains("content")) {
            response.emplace("content", content("application/json", reference("Detail")));
        }
    }

    const ApiInfo& info_;
    const std::function<int(Errc)>& status_of_;
    Components components_;
    bool uses_sessions_ = false;
    bool uses_admin_ = false;
};

} // namespace

std::string openapi(const Router& router, const ApiInfo& info, const std::function<int(Errc)>& status_of) {
    return Document{info, status_of}.write(router);
}

} // namespace personalify::http
