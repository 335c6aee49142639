#pragma once

#include "http/message.hpp"
#include "simulator/form.hpp"
#include "simulator/grants.hpp"
#include "simulator/music_json.hpp"
#include "simulator/people.hpp"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace personalify::simulator {

struct State;

/// A request below /v1/ whose token is good. The mutex of the state is not held.
struct Call {
    State& state;
    const http::Request& request;
    Form query;
    Grant grant;
    std::optional<Person> person; ///< nullopt: the app itself
    View view;
    std::string_view rest; ///< of the path, where the route has {id}
};

/// The answer to a token of the app itself, or to one that lacks one of the scopes.
std::optional<http::Response> refuse_without(const Call& call,
                                             std::initializer_list<std::string_view> scopes);

/// A whole number and nothing else.
std::optional<std::int64_t> read_whole(std::string_view text);

/// `limit`, 1-50, 20 if it is not there; nullopt for anything else.
std::optional<std::size_t> read_limit(const Form& query);

} // namespace personalify::simulator
