#pragma once

#include "simulator/faults.hpp"

#include <string>

namespace personalify::simulator {

/// The JSON text with the rule's omit, null, wrong_type, extra_keys and bad_json done to it. Text that is not
/// JSON is only broken off.
std::string edit_json(const FaultRule& rule, std::string text);

} // namespace personalify::simulator
