#pragma once

#include "core/clock.hpp"
#include "http/message.hpp"
#include "simulator/faults.hpp"

namespace personalify::simulator {

/// What stands in for the answer of a rule that replaces it (FaultRule::replaces_answer).
http::Response fault_answer(const FaultRule& rule, const http::Request& request);

/// The answer after all other switches of the rule: edited, compressed, cut short, slowed down.
http::Response disturb(const FaultRule& rule, http::Response answer, const http::Request& request,
                       TimePoint now);

} // namespace personalify::simulator
