#pragma once

#include "http/message.hpp"

namespace personalify::simulator {

struct State;

/// Answers a request below /_sim/: how tests and demos steer the simulator. Errors are {"detail": ...}.
http::Response answer_control(State& state, const http::Request& request);

} // namespace personalify::simulator
