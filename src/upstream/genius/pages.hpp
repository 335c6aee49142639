#pragma once

#include "upstream/genius/catalogue.hpp"
#include "upstream/genius/lyrics_page.hpp"

#include <atomic>
#include <functional>

namespace personalify::genius {

/// Reads a page somewhere else than on the event loop.
using ParsePage = std::function<Task<Result<LyricsPage>>(std::string html)>;

/// The words, from the pages.
class Pages final : public app::LyricsSource {
public:
    /// Throws std::invalid_argument as connect_genius does.
    Pages(const GeniusOptions& options, Catalogue& catalogue, upstream::Send send, ParsePage parse,
          app::UpstreamStateStore& states, const upstream::Timing& timing);

    std::string name() const override { return "genius"; }
    Task<Result<app::FoundLyrics>> find(app::SongQuery song) override;

    Task<void> restore() { return closure_.restore(); }
    std::optional<std::chrono::seconds> closed_for() const { return closure_.left(); }

private:
    struct Page {
        int status = 0;       ///< 200, 404 or a redirect
        std::string body;     ///< of 200
        std::string location; ///< of a redirect
    };
    Task<Result<Page>> get(std::string path, TimePoint deadline);
    /// The song's own page: of the query, or by a search; "" when Genius has none.
    Task<Result<std::string>> path_of_song(const app::SongQuery& song, TimePoint deadline);
    Task<Result<app::FoundLyrics>> read(std::string html, app::FoundLyrics found);

    GeniusOptions options_;
    std::string base_;
    Catalogue& catalogue_;
    ParsePage parse_;
    std::atomic<int> strange_pages_ = 0; ///< in a row
    upstream::Closure closure_;
    upstream::ServiceCaller caller_;
};

} // namespace personalify::genius
