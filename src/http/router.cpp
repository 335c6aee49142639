#include "http/router.hpp"

#include "http/etag.hpp"
#include "http/route_inputs.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace personalify::http {

namespace {

constexpr std::size_t max_value = 255;

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}');
}

/// The parts between the slashes; nullopt for no absolute path, or one with too many.
std::optional<std::size_t> split(std::string_view path, std::span<std::string_view> segments) {
    if (!path.starts_with('/')) {
        return std::nullopt;
    }
    path.remove_prefix(1);
    std::size_t count = 0;
    std::optional<std::string_view> rest;
    if (!path.empty()) {
        rest = path;
    }
    while (rest) {
        if (count == segments.size()) {
            return std::nullopt;
        }
        const auto slash = rest->find('/');
        segments[count++] = rest->substr(0, slash);
        rest = slash == std::string_view::npos ? std::nullopt : std::optional{rest->substr(slash + 1)};
    }
    return count;
}

/// A word of a pattern, against what the client sent, which may be encoded without need.
bool is_word(std::string_view segment, std::string_view word) {
    if (segment.find('%') == std::string_view::npos) {
        return segment == word;
    }
    return percent_decode(segment, false) == word;
}

/// What a parameter may be as received. Only where something is encoded does the check take memory.
bool is_value(std::string_view segment) {
    return segment.size() <= max_value && (!segment.contains('%') || percent_decode(segment, false));
}

void add_header(Response& response, std::string name, std::string value) {
    response.headers.push_back({std::move(name), std::move(value)});
}

const Header* find_header(const Response& response, std::string_view name) {
    const auto found = std::ranges::find_if(
        response.headers, [&](const Header& header) { return same_ignoring_case(header.name, name); });
    return found == response.headers.end() ? nullptr : &*found;
}

/// Adds the entity tag, and empties the response when the client has it already.
void apply_etag(const Request& request, Response& response) {
    const Header* tag = find_header(response, "ETag");
    if (tag == nullptr) {
        add_header(response, "ETag", make_etag(response.bytes()));
        tag = &response.headers.back();
    }
    const auto known = request.header("If-None-Match");
    if (!known || !names_etag(*known, tag->value)) {
        return;
    }
    response.status = 304;
    response.body.clear();
    response.static_body = {};
    response.shared_body.reset();
    std::erase_if(response.headers, [](const Header& header) {
        return same_ignoring_case(header.name, "Content-Type") ||
               same_ignoring_case(header.name, "Content-Encoding");
    });
}

/// What every answer of a route gets, whoever made it.
Response finish(const Route& route, const Request& request, Response response) {
    response.route = route.pattern;
    response.route_number = route.number;
    if (response.raw_stream) {
        return response;
    }
    const bool tagged = route.etag && response.status == 200 && !response.stream;
    const Header* type = find_header(response, "Content-Type");
    const bool is_json = type != nullptr && type->value.starts_with("application/json");
    if ((tagged || is_json) && find_header(response, "Cache-Control") == nullptr) {
        add_header(response, "Cache-Control", tagged ? "private, no-cache" : "no-store");
    }
    if (tagged) {
        apply_etag(request, response);
    }
    return response;
}

} // namespace

Response unprocessable(const json::Problems& problems) {
    return json_response(422, json::problems_body(problems));
}

std::size_t Router::child(std::size_t parent, std::string_view segment) {
    if (is_parameter(segment)) {
        if (nodes_[parent].parameter == 0) {
            nodes_[parent].parameter = nodes_.size();
            nodes_.emplace_back();
        }
        return nodes_[parent].parameter;
    }
    auto& words = nodes_[parent].words;
    const auto found = std::ranges::find(words, segment, &std::pair<std::string, std::size_t>::first);
    if (found != words.end()) {
        return found->second;
    }
    const std::size_t made = nodes_.size();
    words.emplace_back(segment, made);
    nodes_.emplace_back();
    return made;
}

void Router::add(Route route) {
    std::array<std::string_view, max_segments> segments;
    const auto count = split(route.pattern, segments);
    const auto malformed = [](std::string_view segment) {
        return segment.empty() ||
               (segment.find_first_of("{}%?#") != std::string_view::npos && !is_parameter(segment));
    };
    if (!count || std::ranges::any_of(std::span{segments}.first(*count), malformed)) {
        throw std::logic_error("malformed route " + route.pattern);
    }
    std::size_t at = 0;
    std::size_t parameters = 0;
    for (std::size_t i = 0; i < *count; ++i) {
        at = child(at, segments[i]);
        if (is_parameter(segments[i])) {
            if (parameters == route.doc.path.size()) {
                throw std::logic_error("the handler of " + route.pattern + " takes too few path parameters");
            }
            route.doc.path[parameters++].name = segments[i].substr(1, segments[i].size() - 2);
        }
    }
    if (parameters != route.doc.path.size()) {
        throw std::logic_error("the handler of " + route.pattern + " takes too many path parameters");
    }
    auto& there = nodes_[at].routes;
    if (std::ranges::any_of(there, [&](const Route* other) { return other->method == route.method; })) {
        throw std::logic_error("two routes for " + route.method + " " + route.pattern);
    }
    if (there.empty()) {
        patterns_.push_back(route.pattern);
        route.number = static_cast<std::uint16_t>(patterns_.size() - 1);
    } else { // one path may be written with other names of its parameters; the first one counts
        route.number = there.front()->number;
    }
    there.push_back(&routes_.emplace_back(std::move(route)));
    std::ranges::sort(there, {}, &Route::method);
}

const Router::Node* Router::descend(const Node& from, std::span<const std::string_view> segments,
                                    std::span<std::string_view> values, std::size_t used) const {
    if (segments.empty()) {
        return from.routes.empty() ? nullptr : &from;
    }
    for (const auto& [word, index] : from.words) {
        if (is_word(segments.front(), word)) {
            if (const Node* found = descend(nodes_[index], segments.subspan(1), values, used)) {
                return found;
            }
            break;
        }
    }
    if (from.parameter == 0 || segments.front().empty()) {
        return nullptr;
    }
    const Node* found = descend(nodes_[from.parameter], segments.subspan(1), values, used + 1);
    if (found != nullptr) {
        values[used] = segments.front(); // on the way back, so that a dead end leaves nothing behind
    }
    return found;
}

Router::Found Router::find(std::string_view path) const {
    std::array<std::string_view, max_segments> segments;
    Found found;
    const auto count = split(path, segments);
    if (count) {
        found.node = descend(nodes_.front(), std::span{segments}.first(*count), found.values, 0);
    }
    while (found.node != nullptr && found.count < max_segments && !found.values[found.count].empty()) {
        ++found.count;
    }
    return found;
}

Router::Match Router::match(std::string_view path) const {
    const Found found = find(path);
    Match match{found.node};
    for (std::size_t i = 0; i < found.count; ++i) {
        auto decoded = percent_decode(found.values[i], false);
        if (!decoded || decoded->size() > max_value) {
            return {};
        }
        match.values.push_back(std::move(*decoded));
    }
    return match;
}

bool Router::ready(const Request& request, Ready& out) const {
    if (request.method != "GET" && request.method != "HEAD") {
        return false;
    }
    const Found found = find(request.path);
    if (found.node == nullptr || !std::ranges::all_of(found.given(), is_value)) {
        return false;
    }
    for (const Route* route : found.node->routes) {
        if (route->method != "GET") {
            continue;
        }
        if (!route->ready || !route->ready(request, found.given(), out) || admit(request, *route)) {
            return false;
        }
        out.route = route->pattern;
        out.route_number = route->number;
        return true;
    }
    return false;
}

std::string Router::allowed(const Node& node) {
    std::vector<std::string_view> methods{"OPTIONS"};
    for (const Route* route : node.routes) {
        methods.push_back(route->method);
        if (route->method == "GET") {
            methods.emplace_back("HEAD");
        }
    }
    std::ranges::sort(methods);
    std::string text;
    for (const auto method : methods) {
        text.append(text.empty() ? "" : ", ").append(method);
    }
    return text;
}

Task<Response> Router::run(const Route& route, const Request& request, Inputs& inputs) const {
    try {
        co_return co_await route.run(request, inputs);
    } catch (const std::exception& failure) {
        if (!on_error_) {
            throw;
        }
        on_error_(request.request_id, failure.what());
    } catch (...) {
        if (!on_error_) {
            throw;
        }
        on_error_(request.request_id, "an exception of unknown type");
    }
    co_return error_response(500, "Internal Server Error");
}

Response Router::annotated(const Request& request, const Route& route, Response response) const {
    if (gate_.annotate && route.limit != 0 && route.limit != no_limit) {
        gate_.annotate(request, route, response);
    }
    return response;
}

Task<Response> Router::answer(const Request& request) const {
    const Match match = this->match(request.path);
    if (match.node == nullptr) {
        auto refused = admit(request, unknown_);
        co_return refused ? std::move(*refused) : error_response(404, "Not Found");
    }
    const std::string_view method = request.method == "HEAD" ? std::string_view{"GET"} : request.method;
    const auto& routes = match.node->routes;
    const auto found =
        std::ranges::find(routes, method, [](const Route* route) { return std::string_view{route->method}; });
    if (found == routes.end()) {
        if (auto refused = admit(request, *routes.front())) {
            co_return finish(*routes.front(), request, std::move(*refused));
        }
        Response response =
            method == "OPTIONS" ? to_response(NoContent{}) : error_response(405, "Method Not Allowed");
        add_header(response, "Allow", allowed(*match.node));
        response.route = routes.front()->pattern;
        response.route_number = routes.front()->number;
        co_return response;
    }
    const Route& route = **found;
    if (auto refused = admit(request, route)) {
        co_return finish(route, request, std::move(*refused));
    }
    if (auto refused = route.guard ? route.guard(request) : std::nullopt) {
        co_return annotated(request, route, finish(route, request, std::move(*refused)));
    }
    Inputs inputs{&route};
    if (auto refused = read_inputs(route, request, match.values, inputs)) {
        co_return annotated(request, route, finish(route, request, std::move(*refused)));
    }
    co_return annotated(request, route, finish(route, request, co_await run(route, request, inputs)));
}

} // namespace personalify::http
