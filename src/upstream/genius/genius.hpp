#pragma once

#include "app/ports/lyrics_sources.hpp"
#include "app/ports/song_catalogue.hpp"
#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "net/blocking_pool.hpp"
#include "net/http_client.hpp"
#include "upstream/common/closure.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace personalify::genius {

/// How Genius is reached, and how patient we are.
struct GeniusOptions {
    std::string access_token = {};                    ///< of the client; without it nothing is asked
    std::string api_url = "https://api.genius.com";   ///< before /search
    std::string web_url = "https://genius.com";       ///< of the pages; before their path
    std::chrono::milliseconds deadline{8000};         ///< of a call of ours, however many requests it takes
    std::chrono::milliseconds songs_deadline{20'000}; ///< of an artist's songs, which take up to 20 pages
    std::chrono::milliseconds try_deadline{5000};     ///< of one request
    std::size_t in_flight = 4;                        ///< of the whole application, API and pages each
    /// Told of what fails behind the callers' backs ("closed until" that can't be stored). Any thread.
    upstream::Report report = nullptr;
};

/// Genius: its catalogue by API, the words by its pages, which are asked rarely and as what we are. API and
/// pages are closed apart: pages refuse servers more often. Safe to use from every shard.
class Genius {
public:
    virtual ~Genius() = default;
    /// Reads "closed until" from before the restart. Await it before the first call; never fails.
    virtual Task<void> restore() = 0;
    virtual app::SongCatalogue& catalogue() = 0;
    virtual app::LyricsSource& pages() = 0;
    /// How long they are left alone, if they are.
    virtual std::optional<std::chrono::seconds> api_closed_for() const = 0;
    virtual std::optional<std::chrono::seconds> pages_closed_for() const = 0;
};

/// `client`, `pool` (where pages are parsed), `states` and `clock` must outlive the result, and the result
/// every call it was asked for. Throws std::invalid_argument for an address that can't be called.
std::unique_ptr<Genius> connect_genius(GeniusOptions options, net::HttpClient& client,
                                       net::BlockingPool& pool, app::UpstreamStateStore& states,
                                       const Clock& clock);

} // namespace personalify::genius
