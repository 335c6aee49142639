#pragma once

#include "http/message.hpp"

namespace personalify::simulator {

struct State;

/// GET /authorize shows the consent page; POST with the same query takes the listener's decision.
http::Response answer_authorize(State& state, const http::Request& request);

/// POST /api/token: codes and refresh tokens against access tokens.
http::Response answer_token(State& state, const http::Request& request);

} // namespace personalify::simulator
