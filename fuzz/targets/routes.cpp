#include "http/routes.hpp"

#include "fuzz/target.hpp"
#include "http/text.hpp"
#include "json/read.hpp"
#include "support/run_task.hpp"

#include <algorithm>
#include <set>

/// A request that the parser let through, against a table of routes like the API's. The input is METHOD,
/// target and content type, a line each, then the body.
namespace personalify::http {

namespace {

using fuzz::require;

enum class Range { short_term, medium_term, long_term };
BOOST_DESCRIBE_ENUM(Range, short_term, medium_term, long_term)

struct Caller {};

struct ShowQuery {
    Range time_range = Range::medium_term;
    json::Bounded<1, 50> limit = 10;
};
BOOST_DESCRIBE_STRUCT(ShowQuery, (), (time_range, limit))

struct Ask {
    json::Required<json::Text<1, 20>> name;
    std::vector<std::string> tags;
    std::optional<double> weight;
};
BOOST_DESCRIBE_STRUCT(Ask, (), (name, tags, weight))

struct Seen {
    std::vector<std::string> values;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Seen, (), (values, number))

Task<Result<Caller>> identify(const Request&) {
    co_return Caller{};
}

int status_of(Errc code) {
    return code == Errc::not_found ? 404 : 500;
}

Response render(const Error& error) {
    return error_response(status_of(error.code), error.detail);
}

/// What the last handler saw of its path, to be held against the path that was asked for.
std::vector<std::string> path_values;

Seen saw(std::vector<std::string> values, std::int64_t number = 0) {
    path_values = values;
    return {std::move(values), number};
}

Routes<Caller> make_routes() {
    Routes<Caller> routes{{identify, render, status_of}};
    routes.get<Seen>("/", "root").handle([] { return saw({}); });
    routes.get<Seen>("/api/dashboard/{id}", "show")
        .query<ShowQuery>()
        .etag()
        .handle(
            [](const Caller&, std::string id, ShowQuery query) { return saw({std::move(id)}, query.limit); });
    routes.get<Seen>("/api/dashboard/me", "mine").handle([] { return saw({}); });
    routes.del<Seen>("/api/dashboard/{id}/entries/{entry}", "drop")
        .handle([](std::string id, std::string entry) { return saw({std::move(id), std::move(entry)}); });
    routes.get<Seen>("/api/dashboard/{id}/n/{number}", "number")
        .handle([](std::string id, std::int64_t number) { return saw({std::move(id)}, number); });
    routes.post<Seen>("/ask", "ask").body<Ask>().handle([](Ask ask) {
        return saw({}, static_cast<std::int64_t>((*ask.name).size()));
    });
    routes.post<Seen>("/form", "form").form<Ask>().handle([](Ask ask) {
        return saw({}, static_cast<std::int64_t>(ask.tags.size()));
    });
    return routes;
}

/// The path's segments, decoded, that are not words of the template.
std::vector<std::string> expected_values(std::string_view path, std::string_view pattern) {
    std::vector<std::string> values;
    while (!pattern.empty()) {
        const std::string_view word = fuzz::take_until(pattern, '/');
        const std::string_view segment = fuzz::take_until(path, '/');
        if (word.starts_with('{') && word != "{number}") {
            values.push_back(percent_decode(segment, false).value());
        }
    }
    return values;
}

void check_answer(const Request& request, const Response& response) {
    static const std::set<int> usual{200, 204, 304, 404, 405, 415, 422};
    require(usual.contains(response.status), "the status is one of those that routes answer");
    const bool empty = response.status == 204 || response.status == 304;
    require(empty ? response.bytes().empty() : json::parse(response.bytes()).has_value(),
            "what is answered is JSON");
    for (const Header& header : response.headers) {
        require(header.value.find_first_of("\r\n") == std::string::npos, "an answer's header is one line");
    }
    if (response.status == 404) {
        return;
    }
    require(response.route.starts_with('/'), "the route is named");
    if (response.status == 200) {
        require(path_values == expected_values(request.path, response.route),
                "the handler got the path's values, decoded");
        require(
            std::ranges::all_of(
                path_values, [](const std::string& value) { return !value.empty() && value.size() <= 255; }),
            "a value is 1 to 255 bytes");
    }
}

} // namespace

} // namespace personalify::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace personalify;
    static const http::Routes<http::Caller> routes = http::make_routes();
    static const http::Handler handler = routes.handler();
    const std::string text = fuzz::text_of(data, size);
    std::string_view rest = text;
    http::Request request;
    request.method = fuzz::take_until(rest, '\n');
    request.target = fuzz::take_until(rest, '\n');
    request.headers.push_back({"Content-Type", std::string{fuzz::take_until(rest, '\n')}});
    request.body = rest;
    request.path = request.target.substr(0, request.target.find('?'));
    request.query = request.target.substr(std::min(request.path.size() + 1, request.target.size()));
    const http::Response response = test::run(handler(request));
    http::check_answer(request, response);
    return 0;
}
