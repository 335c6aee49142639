#pragma once

#include "app/ports/lyrics_sources.hpp"
#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "net/http_client.hpp"
#include "upstream/common/closure.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace personalify::lrclib {

/// How LRCLIB is reached, and how patient we are.
struct LrclibOptions {
    std::string url = "https://lrclib.net";       ///< before /api
    std::chrono::milliseconds deadline{6000};     ///< of a look-up, up to four requests
    std::chrono::milliseconds try_deadline{3000}; ///< of one request
    std::chrono::milliseconds between{300};       ///< from one request to the next, of the whole application
    upstream::Report report = nullptr;            ///< as of other services. Any thread.
};

/// LRCLIB, a free collection of lyrics, with times where it has them. One request at a time, as its operator
/// asks. Safe to use from every shard.
class Lrclib : public app::LyricsSource {
public:
    /// Reads "closed until" from before the restart. Await it before the first call; never fails.
    virtual Task<void> restore() = 0;
    /// How long it is left alone, if it is.
    virtual std::optional<std::chrono::seconds> closed_for() const = 0;
};

/// `client`, `states` and `clock` must outlive the result, and the result every call it was asked for.
/// Throws std::invalid_argument for an address that can't be called.
std::unique_ptr<Lrclib> connect_lrclib(LrclibOptions options, net::HttpClient& client,
                                       app::UpstreamStateStore& states, const Clock& clock);

} // namespace personalify::lrclib
