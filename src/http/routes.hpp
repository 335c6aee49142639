#pragma once

#include "http/handler.hpp"
#include "http/router.hpp"

#include <memory>

/// The typed table of routes. A route is described once; validation, the JSON and the API's description
/// follow.
///
///   routes.get<Dashboard>("/api/dashboard/{id}", "Everything the dashboard shows")
///       .query<DashboardQuery>()
///       .fails_with(Errc::not_found)
///       .etag()
///       .handle([&](const Caller& caller, UserId id, DashboardQuery query) {
///           return dashboards.show(caller, std::move(id), query.time_range); // Task<Result<Dashboard>>
///       });
namespace personalify::http {

template <class Caller, class Answer, class Query = void, class Body = void>
class RouteBuilder;

/// What the routes need to know about the application.
template <class Caller>
struct RouteOptions {
    /// Who is calling; also tells "nobody", so it fails only when it could not look. Called after the input
    /// was found good, for handlers that take a Caller.
    std::function<Task<Result<Caller>>(const Request&)> identify;
    std::function<Response(const Error&)> render_error;
    std::function<int(Errc)> status_of; ///< for the API's description
    /// Told what a handler threw, which is then answered with 500. Without it the exception goes on.
    Router::OnError on_error = nullptr;
    /// Told of every failure that render_error makes an answer of, with the request. For the log.
    std::function<void(const Error&, const Request&)> on_failure = nullptr;
    Gate gate = {}; ///< the limits on requests; empty: none
};

/// Filled at start, then handed to the server as a Handler.
template <class Caller>
class Routes {
public:
    using Options = RouteOptions<Caller>;

    explicit Routes(Options options)
        : state_(std::make_shared<State>(std::move(options))) {}

    template <class Answer>
    auto get(std::string pattern, std::string summary) {
        return route<Answer>("GET", std::move(pattern), std::move(summary));
    }
    template <class Answer>
    auto post(std::string pattern, std::string summary) {
        return route<Answer>("POST", std::move(pattern), std::move(summary));
    }
    template <class Answer>
    auto put(std::string pattern, std::string summary) {
        return route<Answer>("PUT", std::move(pattern), std::move(summary));
    }
    template <class Answer>
    auto patch(std::string pattern, std::string summary) {
        return route<Answer>("PATCH", std::move(pattern), std::move(summary));
    }
    template <class Answer>
    auto del(std::string pattern, std::string summary) {
        return route<Answer>("DELETE", std::move(pattern), std::move(summary));
    }

    /// Answers requests for as long as it is kept, also after this object is gone. Add no routes after that.
    Handler handler() const {
        return [state = state_](const Request& request) { return state->router.answer(request); };
    }

    /// Answers what can be answered at once, for as long as it is kept.
    ReadyHandler ready_handler() const {
        return [state = state_](const Request& request, Ready& out) {
            return state->router.ready(request, out);
        };
    }

    const Router& router() const { return state_->router; }
    int status_of(Errc code) const { return state_->options.status_of(code); }

private:
    template <class, class, class, class>
    friend class RouteBuilder;

    struct State {
        explicit State(Options o)
            : options(std::move(o))
            , router(options.on_error, options.gate) {}
        Options options;
        Router router;
    };

    template <class Answer>
    auto route(std::string method, std::string pattern, std::string summary) {
        Route made{std::move(method), std::move(pattern), {.summary = std::move(summary)}};
        AnswerDocs<Answer>::add(made.doc.answers);
        return RouteBuilder<Caller, Answer>{*state_, std::move(made)};
    }

    std::shared_ptr<State> state_;
};

/// The words about one route, ending with handle(). Used in one expression.
template <class Caller, class Answer, class Query, class Body>
class RouteBuilder {
    using State = typename Routes<Caller>::State;

public:
    RouteBuilder(State& state, Route route)
        : state_(state)
        , route_(std::move(route)) {}

    /// The query's members; the handler takes a Query after the path's parameters.
    template <class Q>
    RouteBuilder<Caller, Answer, Q, Body> query() {
        route_.doc.query = &json::shape_of<Q>();
        route_.reads_query = true;
        return {state_, std::move(route_)};
    }
    /// A JSON body; the handler takes a Body last.
    template <class B>
    RouteBuilder<Caller, Answer, Query, B> body() {
        return read_body<B>(BodyKind::json);
    }
    /// A body as HTML forms send it, read like a query.
    template <class B>
    RouteBuilder<Caller, Answer, Query, B> form() {
        return read_body<B>(BodyKind::form);
    }
    /// A longer text; Markdown.
    RouteBuilder&& describe(std::string text) && {
        route_.doc.description = std::move(text);
        return std::move(*this);
    }
    /// The heading it stands under.
    RouteBuilder&& tag(std::string name) && {
        route_.doc.tag = std::move(name);
        return std::move(*this);
    }
    /// What a parameter of the path means.
    RouteBuilder&& path(std::string name, std::string description) && {
        route_.doc.path.push_back({std::move(name), nullptr, std::move(description)});
        return std::move(*this);
    }
    /// Expected failures, for the description.
    template <class... Codes>
    RouteBuilder&& fails_with(Codes... codes) && {
        (route_.doc.errors.push_back(codes), ...);
        return std::move(*this);
    }
    /// One more answer, for the description: without a body, or with a T.
    RouteBuilder&& answers(int status, std::string text) && {
        route_.doc.answers.push_back({status, std::move(text)});
        return std::move(*this);
    }
    template <class T>
    RouteBuilder&& answers(int status, std::string text) && {
        route_.doc.answers.push_back({status, std::move(text), "application/json", &json::shape_of<T>});
        return std::move(*this);
    }
    /// The media type of the Response that it answers with.
    RouteBuilder&& produces(std::string media_type) && {
        route_.doc.answers.front().media_type = std::move(media_type);
        return std::move(*this);
    }
    /// A 200 gets a strong ETag and `Cache-Control: private, no-cache`; a client that has it gets 304.
    RouteBuilder&& etag() && {
        route_.etag = true;
        return std::move(*this);
    }
    /// Counts its requests against that limit of the application (an enum of its own), too.
    template <class Name>
    RouteBuilder&& limit(Name name) && {
        route_.limit = static_cast<std::uint8_t>(name);
        return std::move(*this);
    }
    /// Its requests count against no limit.
    RouteBuilder&& unlimited() && {
        route_.limit = no_limit;
        return std::move(*this);
    }
    /// Answers GETs from memory where it can, before anything else is done: `f` is given the request, the
    /// path's values as received, and the answer to fill; false leaves the request to the handler. It checks
    /// what it reads itself, and takes no allocation.
    RouteBuilder&&
    ready(std::function<bool(const Request&, std::span<const std::string_view>, Ready&)> f) && {
        route_.ready = std::move(f);
        return std::move(*this);
    }
    RouteBuilder&& needs_session() && {
        route_.doc.access = Access::session;
        return std::move(*this);
    }
    /// For administrators only, whom `guard` tells from others. It is asked before the input is read, so that
    /// a refusal says nothing about what is there.
    RouteBuilder&& needs_admin(Guard guard) && {
        route_.doc.access = Access::admin;
        route_.guard = std::move(guard);
        return std::move(*this);
    }

    /// Ends the description. `f` is a plain function or a lambda that is no coroutine and lives as long as
    /// the routes: ([const Caller&] [, const Request&] [, path parameters...] [, Query] [, Body]) ->
    /// Task<Result<T>>, Result<T> or T, where T is Answer, Reply<Answer> or a ready Response.
    template <class F>
    void handle(F f) {
        using Call = HandlerCall<Caller, Answer, Query, Body, F>;
        auto described = std::exchange(route_.doc.path, Call::path_parameters());
        merge_descriptions(route_, std::move(described));
        route_.doc.takes_caller = Call::takes_caller;
        const auto* options = &state_.options; // the router, and so this function, live and die with them
        route_.run = [f = std::move(f), options](const Request& request, Inputs& inputs) {
            return Call::run(f, *options, request, inputs);
        };
        state_.router.add(std::move(route_));
    }

private:
    template <class B>
    RouteBuilder<Caller, Answer, Query, B> read_body(BodyKind kind) {
        route_.doc.body = &json::shape_of<B>();
        route_.body = kind;
        return {state_, std::move(route_)};
    }

    State& state_;
    Route route_;
};

} // namespace personalify::http
