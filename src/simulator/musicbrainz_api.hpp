#pragma once

#include "core/clock.hpp"
#include "http/message.hpp"
#include "simulator/bounded_map.hpp"

#include <string_view>

namespace personalify::simulator {

struct State;

/// MusicBrainz: the search for artists, and one artist with genres and tags.
inline constexpr std::string_view musicbrainz_path = "/musicbrainz/";
http::Response answer_musicbrainz(State& state, const http::Request& request);

/// {"error":"...","help":"..."}
http::Response musicbrainz_error(int status, std::string_view path);

/// Who asked when. Not synchronized.
class MusicbrainzManners {
public:
    /// A little less than the second that is asked for: answers take their time to travel.
    static constexpr std::chrono::milliseconds interval{900};

    /// True, and remembered, unless this client was let in less than an interval ago.
    bool may_ask(std::string_view client, TimePoint now);
    void forget() { last_.clear(); }

private:
    static constexpr std::size_t most_clients = 1'000;
    BoundedMap<TimePoint> last_{most_clients};
};

} // namespace personalify::simulator
