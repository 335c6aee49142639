#pragma once

#include "http/message.hpp"

namespace personalify::simulator {

struct State;

/// Answers a request below /v1/.
http::Response answer_web_api(State& state, const http::Request& request);

} // namespace personalify::simulator
