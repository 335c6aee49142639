#pragma once

#include "http/message.hpp"

/// How tests and demos steer what a listener plays. README.md has the shapes.
namespace personalify::simulator {

struct Control;

http::Response show_player(const Control& control);
http::Response steer_player(const Control& control);
http::Response add_plays(const Control& control);
http::Response forget_plays(const Control& control);

} // namespace personalify::simulator
