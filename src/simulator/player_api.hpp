#pragma once

#include "http/message.hpp"

/// The player's routes below /v1/me/player. Read only, as our scopes are.
namespace personalify::simulator {

struct Call;

http::Response answer_player(const Call& call);
http::Response answer_currently_playing(const Call& call);
http::Response answer_recently_played(const Call& call);
http::Response answer_queue(const Call& call);

} // namespace personalify::simulator
