#pragma once

#include "http/router.hpp"

#include <boost/mp11/integer_sequence.hpp>
#include <boost/mp11/list.hpp>

#include <exception>
#include <tuple>

/// From a handler's signature to its call: decoding the arguments, asking who calls, writing the answer.
namespace personalify::http {

template <class Caller>
struct RouteOptions;

namespace mp11 = boost::mp11;

template <class F>
struct Signature : Signature<decltype(&F::operator())> {};
template <class Type, class R, class... Args>
struct Signature<R (Type::*)(Args...) const> {
    using Result = R;
    using Arguments = mp11::mp_list<std::remove_cvref_t<Args>...>;
};
template <class R, class... Args>
struct Signature<R (*)(Args...)> {
    using Result = R;
    using Arguments = mp11::mp_list<std::remove_cvref_t<Args>...>;
};

/// What a handler's return type says: whether to wait for it, whether it may fail, and with what it answers.
template <class T>
struct Returned {
    using Value = T;
    static constexpr bool awaited = false;
    static constexpr bool fallible = false;
};
template <class T>
struct Returned<Result<T>> {
    using Value = T;
    static constexpr bool awaited = false;
    static constexpr bool fallible = true;
};
template <class T>
struct Returned<Task<T>> : Returned<T> {
    static constexpr bool awaited = true;
};

template <class T>
inline constexpr bool is_variant_with_response = false;
template <class... Types>
inline constexpr bool is_variant_with_response<std::variant<Types...>> =
    (std::is_same_v<Types, Response> || ...);

/// Whether a handler that returns Value answers what the route says.
template <class Value, class Answer>
inline constexpr bool answers_as = std::is_same_v<Value, Answer> || std::is_same_v<Value, Response> ||
                                   std::is_same_v<Value, Reply<Answer>> || is_variant_with_response<Value> ||
                                   (std::is_void_v<Value> && std::is_same_v<Answer, NoContent>);

template <class Query, class Body>
struct DeclaredInputs {
    using List =
        mp11::mp_append<std::conditional_t<std::is_void_v<Query>, mp11::mp_list<>, mp11::mp_list<Query>>,
                        std::conditional_t<std::is_void_v<Body>, mp11::mp_list<>, mp11::mp_list<Body>>>;
    static constexpr std::size_t count = mp11::mp_size<List>::value;
};

template <class List, class T>
struct StartsWith : std::false_type {};
template <class T, class... Rest>
struct StartsWith<mp11::mp_list<T, Rest...>, T> : std::true_type {};

/// Puts the names and words given by path() to the parameters that the handler takes.
void merge_descriptions(Route& route, std::vector<PathParameter> described);

template <class T>
void decode_path(const Inputs& inputs, const Route& route, std::size_t index, T& to,
                 json::Problems& problems) {
    json::decode_into(inputs.path[index], to, json::Location{"path"}.at(route.doc.path[index].name),
                      problems);
}

template <class Caller, class Answer, class Query, class Body, class F>
struct HandlerCall {
    using Arguments = typename Signature<F>::Arguments;
    static constexpr bool takes_caller = StartsWith<Arguments, Caller>::value;
    using AfterCaller = mp11::mp_drop_c<Arguments, takes_caller ? 1 : 0>;
    static constexpr bool takes_request = StartsWith<AfterCaller, Request>::value;
    using Decoded = mp11::mp_drop_c<AfterCaller, takes_request ? 1 : 0>;
    using Declared = DeclaredInputs<Query, Body>;
    static_assert(mp11::mp_size<Decoded>::value >= Declared::count,
                  "the handler has to take what query() and body() declared, in this order, last");
    static constexpr std::size_t path_count = mp11::mp_size<Decoded>::value - Declared::count;
    static_assert(std::is_same_v<mp11::mp_drop_c<Decoded, path_count>, typename Declared::List>,
                  "the handler's last arguments are the types of query() and body(), in this order");

    using Return = Returned<typename Signature<F>::Result>;
    static_assert(answers_as<typename Return::Value, Answer>,
                  "the handler has to return what the route answers, a Reply of it or a Response");

    static std::vector<PathParameter> path_parameters() {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return std::vector<PathParameter>{{"", &json::shape_of<mp11::mp_at_c<Decoded, I>>, ""}...};
        }(std::make_index_sequence<path_count>{});
    }

    using Tuple = mp11::mp_rename<Decoded, std::tuple>;

    static void decode(Inputs& inputs, const Route& route, Tuple& to) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (decode_path(inputs, route, I, std::get<I>(to), inputs.problems), ...);
        }(std::make_index_sequence<path_count>{});
        if constexpr (!std::is_void_v<Query>) {
            json::decode_into(inputs.query, std::get<path_count>(to), json::Location{"query"},
                              inputs.problems);
        }
        if constexpr (!std::is_void_v<Body>) {
            json::decode_into(inputs.body, std::get<Declared::count + path_count - 1>(to),
                              json::Location{"body"}, inputs.problems);
        }
    }

    /// The handler's own call, with whichever of the two first arguments it takes. References that it keeps
    /// stay valid until its Task is done: everything lives in run()'s frame.
    static auto invoke(const F& f, const Caller* caller, const Request& request, Tuple& arguments) {
        return std::apply(
            [&](auto&... decoded) {
                if constexpr (takes_caller && takes_request) {
                    return f(*caller, request, std::move(decoded)...);
                } else if constexpr (takes_caller) {
                    return f(*caller, std::move(decoded)...);
                } else if constexpr (takes_request) {
                    return f(request, std::move(decoded)...);
                } else {
                    return f(std::move(decoded)...);
                }
            },
            arguments);
    }

    static Task<Response> run(const F& f, const RouteOptions<Caller>& options, const Request& request,
                              Inputs& inputs) {
        Tuple arguments{};
        decode(inputs, *inputs.route, arguments);
        if (!inputs.problems.empty()) {
            co_return unprocessable(inputs.problems);
        }
        std::optional<Caller> caller;
        if constexpr (takes_caller) {
            auto identified = co_await options.identify(request);
            if (!identified) {
                co_return refusal(identified.error(), options, request);
            }
            caller = std::move(*identified);
        }
        const Caller* who = caller ? &*caller : nullptr;
        if constexpr (Return::awaited) {
            co_return respond(co_await invoke(f, who, request, arguments), options, request);
        } else {
            co_return respond(invoke(f, who, request, arguments), options, request);
        }
    }

    static Response refusal(const Error& error, const RouteOptions<Caller>& options, const Request& request) {
        if (options.on_failure) {
            options.on_failure(error, request);
        }
        return options.render_error(error);
    }

    template <class T>
    static Response respond(T result, const RouteOptions<Caller>& options, const Request& request) {
        if constexpr (Return::fallible) {
            if (!result) {
                return refusal(result.error(), options, request);
            }
            if constexpr (std::is_void_v<typename Return::Value>) {
                return to_response(NoContent{});
            } else {
                return to_response(std::move(*result));
            }
        } else {
            return to_response(std::move(result));
        }
    }
};

} // namespace personalify::http
