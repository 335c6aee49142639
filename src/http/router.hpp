#pragma once

#include "core/error.hpp"
#include "http/answer.hpp"
#include "http/message.hpp"
#include "json/read.hpp"

#include <deque>
#include <functional>

/// The routes without their types: which one a request is for, what is read before its handler runs, and what
/// is added to its answer. http/routes.hpp puts the types on top.
namespace personalify::http {

struct Route;

/// What a request brought, checked as far as it can be without types.
struct Inputs {
    const Route* route = nullptr;
    std::vector<boost::json::value> path = {}; ///< decoded, in the order of the pattern
    boost::json::value query = {};             ///< an object of strings; of equal names the last
    boost::json::value body = {};              ///< the JSON, or a form as an object of strings
    json::Problems problems = {};              ///< for the one 422
};

enum class BodyKind { none, json, form };

/// Who may call, as far as the API's description shows it. The services decide.
enum class Access { anyone, session, admin };

struct PathParameter {
    std::string name;
    json::ShapeOf shape = nullptr;
    std::string description = {};
};

/// What the API's description says about a route.
struct RouteDoc {
    std::string summary;
    std::string description = {};
    std::string tag = {};
    Access access = Access::anyone;
    std::vector<Errc> errors = {};
    std::vector<AnswerDoc> answers = {};
    std::vector<PathParameter> path = {};
    const json::Shape* query = nullptr;
    const json::Shape* body = nullptr;
};

struct Route {
    std::string method;
    std::string pattern; ///< "/api/dashboard/{id}"
    RouteDoc doc = {};
    BodyKind body = BodyKind::none;
    bool etag = false;
    bool reads_query = false;
    /// Decodes the inputs, adds what is wrong to their problems, and answers.
    std::function<Task<Response>(const Request&, Inputs&)> run = {};
};

/// Answers 422 with everything that is wrong.
Response unprocessable(const json::Problems& problems);

/// Finds the route of a request and runs it. Filled at start, then shared by all shards.
///
/// In this order: unknown path (404; so is a trailing slash), method (405 with Allow; OPTIONS is 204 with
/// Allow), content type of a body (415), path, query and body (one 422), the handler. Words of a pattern win
/// over parameters. A parameter is one segment of 1 to 255 bytes.
///
/// What a handler throws is reported and answered with 500, as an answer of its route; without anyone to
/// report to, it is thrown on.
class Router {
public:
    using OnError = std::function<void(std::string_view request_id, std::string_view what)>;

    explicit Router(OnError on_error = nullptr)
        : on_error_(std::move(on_error)) {}

    /// Throws std::logic_error for a malformed pattern or one that is there already.
    void add(Route route);
    Task<Response> answer(const Request& request) const;
    /// In the order they were added.
    const std::deque<Route>& routes() const { return routes_; }

private:
    struct Node {
        std::vector<std::pair<std::string, std::size_t>> words = {};
        std::size_t parameter = 0;             ///< 0: none (the root is nobody's child)
        std::vector<const Route*> routes = {}; ///< by method
    };
    struct Match {
        const Node* node = nullptr;
        std::vector<std::string> values = {};
    };
    std::size_t child(std::size_t parent, std::string_view segment);
    Match match(std::string_view path) const;
    const Node* descend(const Node& from, std::span<const std::string_view> segments,
                        std::span<std::string_view> values, std::size_t used) const;
    static std::string allowed(const Node& node);
    Task<Response> run(const Route& route, const Request& request, Inputs& inputs) const;

    OnError on_error_;
    std::deque<Route> routes_;
    std::vector<Node> nodes_{Node{}};
};

} // namespace personalify::http
