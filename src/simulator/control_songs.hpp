#pragma once

#include "http/message.hpp"

namespace personalify::simulator {

struct Control;

/// Which songs there are and where: for tests that look for one of a certain kind.
http::Response show_songs(const Control& control);
/// One song with the texts that readers should find. The path's id is Genius' number or Spotify's id of a
/// track.
http::Response show_song(const Control& control);

} // namespace personalify::simulator
