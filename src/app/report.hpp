#pragma once

#include "core/error.hpp"

#include <functional>
#include <string_view>

namespace personalify::app {

/// Told of failures that no caller gets to see whole: `what` is a fixed name of ours ("login.sync"), the
/// error holds no ids and no secrets. May be called on any shard; empty: nobody listens.
using Report = std::function<void(std::string_view what, const Error& error)>;

} // namespace personalify::app
