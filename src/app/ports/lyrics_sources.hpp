#pragma once

#include "core/error.hpp"
#include "core/task.hpp"

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace personalify::app {

/// The song whose words are looked for. Title and artist as Spotify or Genius has them.
struct SongQuery {
    std::string title;
    std::string artist; ///< the main one
    std::string album = {};
    std::chrono::milliseconds duration{0}; ///< 0 when it is not known
    std::string genius_url = {};           ///< its page, when it is known
    std::string request_id = {};           ///< for the log: of the request that wants to know
};

/// What a source knows of a song. Everything but `found` is an answer, too: nobody has to ask again soon.
enum class LyricsState {
    found,
    instrumental, ///< it has no words
    unreleased,   ///< nobody may print or has written down its words yet
    missing,      ///< the source does not know them
};
BOOST_DESCRIBE_ENUM(LyricsState, found, instrumental, unreleased, missing)

struct FoundLyrics {
    LyricsState state = LyricsState::missing;
    std::string text = {};   ///< with section tags, where the source has them; of a found one never blank
    std::string synced = {}; ///< as LRC; "" when there are no times
    std::string source = {}; ///< name() of who knew
    std::string title = {};  ///< as the source calls it
    std::string artist = {};
    std::string url = {}; ///< the page where people may read it; "" when there is none
    bool operator==(const FoundLyrics&) const = default;
};
BOOST_DESCRIBE_STRUCT(FoundLyrics, (), (state, text, synced, source, title, artist, url))

/// A service that has the words of songs. Errors mean that it could not be looked, never that there is
/// nothing: upstream_unavailable, rate_limited (retry_after set), overloaded.
class LyricsSource {
public:
    virtual ~LyricsSource() = default;
    virtual std::string name() const = 0; ///< "genius", "lrclib"
    virtual Task<Result<FoundLyrics>> find(SongQuery song) = 0;
};

} // namespace personalify::app
