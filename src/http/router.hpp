#pragma once

#include "core/error.hpp"
#include "http/answer.hpp"
#include "http/message.hpp"
#include "json/read.hpp"

#include <array>
#include <deque>
#include <functional>
#include <span>

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
    bool takes_caller = false; ///< its handler is told who calls, also when that is nobody
    std::vector<Errc> errors = {};
    std::vector<AnswerDoc> answers = {};
    std::vector<PathParameter> path = {};
    const json::Shape* query = nullptr;
    const json::Shape* body = nullptr;
};

/// Of a route that is never refused by a limit.
inline constexpr std::uint8_t no_limit = 255;

/// Lets a request in (nullopt), or answers it.
using Guard = std::function<std::optional<Response>(const Request&)>;

struct Route {
    std::string method;
    std::string pattern; ///< "/api/dashboard/{id}"
    RouteDoc doc = {};
    std::uint16_t number = 0; ///< of the pattern, from 1; given by the router
    BodyKind body = BodyKind::none;
    bool etag = false;
    bool reads_query = false;
    /// Which limit of the application its requests count against, besides the general one: 0 no other;
    /// no_limit: not even that.
    std::uint8_t limit = 0;
    /// Asked before the inputs are read; what it returns is the answer. May be empty.
    Guard guard = {};
    /// Decodes the inputs, adds what is wrong to their problems, and answers.
    std::function<Task<Response>(const Request&, Inputs&)> run = {};
    /// Answers from memory, or leaves it to run(). The values of the path are as received. May be empty.
    std::function<bool(const Request&, std::span<const std::string_view> path, Ready&)> ready = {};
};

/// The application's limits, as the router asks about them: at once, on the shard, without waiting. Either
/// may be empty.
struct Gate {
    /// Asked for every request but those of unlimited routes, before its inputs are read; what it returns is
    /// the answer. For a path that does not exist the route has no pattern. Must not allocate when it admits.
    std::function<std::optional<Response>(const Request&, const Route&)> admit = nullptr;
    /// Given every answer of an admitted request to a route whose limit is not the general one: adds headers.
    std::function<void(const Request&, const Route&, Response&)> annotate = nullptr;
};

/// Answers 422 with everything that is wrong.
Response unprocessable(const json::Problems& problems);

/// Finds the route of a request and runs it. Filled at start, then shared by all shards.
///
/// In this order: unknown path (404; so is a trailing slash), method (405 with Allow; OPTIONS is 204 with
/// Allow), the gate (for these two as well), the route's guard, content type of a body (415), path, query and
/// body (one 422), the handler. Words of a pattern win over parameters. A parameter is one segment of 1 to
/// 255 bytes.
///
/// What a handler throws is reported and answered with 500, as an answer of its route; without anyone to
/// report to, it is thrown on.
class Router {
public:
    using OnError = std::function<void(std::string_view request_id, std::string_view what)>;

    explicit Router(OnError on_error = nullptr, Gate gate = {})
        : on_error_(std::move(on_error))
        , gate_(std::move(gate)) {}

    /// Throws std::logic_error for a malformed pattern or one that is there already.
    void add(Route route);
    Task<Response> answer(const Request& request) const;
    /// Answers at once where the route can; false: answer() has to. A request that the gate refuses is left
    /// to answer(), too.
    bool ready(const Request& request, Ready& out) const;
    /// In the order they were added.
    const std::deque<Route>& routes() const { return routes_; }
    /// Each pattern once: the one of number n at place n, and at 0 what stands for no route.
    const std::vector<std::string>& patterns() const { return patterns_; }

private:
    struct Node {
        std::vector<std::pair<std::string, std::size_t>> words = {};
        std::size_t parameter = 0;             ///< 0: none (the root is nobody's child)
        std::vector<const Route*> routes = {}; ///< by method
    };
    static constexpr std::size_t max_segments = 16;
    struct Match {
        const Node* node = nullptr;
        std::vector<std::string> values = {};
    };
    struct Found {
        const Node* node = nullptr;
        std::array<std::string_view, max_segments> values =
            {}; ///< as received; those after the last are empty
        std::size_t count = 0;

        std::span<const std::string_view> given() const { return std::span{values}.first(count); }
    };
    Found find(std::string_view path) const;
    std::size_t child(std::size_t parent, std::string_view segment);
    Match match(std::string_view path) const;
    const Node* descend(const Node& from, std::span<const std::string_view> segments,
                        std::span<std::string_view> values, std::size_t used) const;
    static std::string allowed(const Node& node);
    Task<Response> run(const Route& route, const Request& request, Inputs& inputs) const;

    std::optional<Response> admit(const Request& request, const Route& route) const {
        return gate_.admit && route.limit != no_limit ? gate_.admit(request, route) : std::nullopt;
    }
    Response annotated(const Request& request, const Route& route, Response response) const;

    OnError on_error_;
    Gate gate_;
    Route unknown_{};
    std::deque<Route> routes_;
    std::vector<std::string> patterns_{"(none)"};
    std::vector<Node> nodes_{Node{}};
};

} // namespace personalify::http
