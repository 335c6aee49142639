#pragma once

#include "app/ports/genres.hpp"
#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "net/http_client.hpp"
#include "upstream/common/closure.hpp"

#include <chrono>
#include <memory>
#include <string>

/// Tags of artists, as listeners gave them at Last.fm or MusicBrainz.
namespace personalify::genres {

/// How the service is reached, and how patient we are.
struct TagOptions {
    std::string url;                              ///< Last.fm: before /2.0; MusicBrainz: before /ws/2
    std::string api_key = {};                     ///< Last.fm's
    std::chrono::milliseconds deadline{30'000};   ///< of one artist, waiting for a turn included
    std::chrono::milliseconds try_deadline{8000}; ///< of one request
    std::chrono::milliseconds between{1100};      ///< from one request to the next, of the whole application
    upstream::Report report = nullptr;            ///< as of other services. Any thread.
};

/// A source that may be closed. Safe to use from every shard.
class TagSource : public app::GenreSource {
public:
    /// Reads "closed until" from before the restart. Await it before the first call; never fails.
    virtual Task<void> restore() = 0;
    /// How long it is left alone, if it is.
    virtual std::optional<std::chrono::seconds> closed_for() const = 0;
};

/// `client`, `states` and `clock` must outlive the result, and the result every call it was asked for.
/// Both throw std::invalid_argument for an address that can't be called.
std::unique_ptr<TagSource> connect_lastfm(TagOptions options, net::HttpClient& client,
                                          app::UpstreamStateStore& states, const Clock& clock);
/// At most one request a second, as MusicBrainz asks; two requests an artist.
std::unique_ptr<TagSource> connect_musicbrainz(TagOptions options, net::HttpClient& client,
                                               app::UpstreamStateStore& states, const Clock& clock);

} // namespace personalify::genres
