#pragma once

#include "app/player.hpp"
#include "unit/app/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace personalify::app {

using namespace test;

inline Playing playing(std::string id, std::chrono::milliseconds progress = 10s) {
    return {.what = Playing::What::track,
            .is_playing = true,
            .track = {.id = std::move(id), .name = "Name", .duration_ms = 200'000},
            .progress_ms = progress.count()};
}

/// Paused: however long a test takes, nothing about it is news.
inline Playing standing(std::string id) {
    Playing made = playing(std::move(id));
    made.is_playing = false;
    return made;
}

/// "1 a" for the first event, about the track "a".
inline std::string render(std::string_view id, const PlayerView& view) {
    return std::string{id.substr(id.rfind('-') + 1)} + ' ' +
           (view.error.empty() ? view.playing.track.id : view.error);
}

class PlayerTest : public ::testing::Test {
protected:
    PlayerView show(Caller caller, UserId user) {
        return run(player_.show(std::move(caller), std::move(user))).value();
    }

    World world_{{.profiles_public = true}};
    UserId ada_ = world_.sign_up("ada");
    Caller caller_ = world_.caller(ada_);
    PlayerOptions options_{.patience = 20ms, .short_patience = 20ms};
    std::vector<std::string> reported_; ///< "player.poll detail cause"
    Report report_ = [this](std::string_view what, const Error& error) {
        reported_.push_back(std::string{what} + ' ' + error.detail + ' ' + error.cause);
    };
    PlayerService player_{world_.users, world_.spotify, world_.tokens, world_.sessions,
                          world_.clock, render,         options_,      report_};
};

} // namespace personalify::app
