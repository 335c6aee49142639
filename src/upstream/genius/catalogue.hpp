#pragma once

#include "upstream/genius/answer.hpp"
#include "upstream/genius/genius.hpp"

namespace personalify::genius {

/// The API.
class Catalogue final : public app::SongCatalogue {
public:
    /// Throws std::invalid_argument as connect_genius does.
    Catalogue(GeniusOptions options, upstream::Send send, app::UpstreamStateStore& states,
              const upstream::Timing& timing);

    Task<Result<std::vector<app::CatalogueArtist>>> search_artists(std::string text,
                                                                   std::size_t most) override;
    Task<Result<app::ArtistSongs>> songs_of(std::int64_t artist, std::size_t most) override;
    Task<Result<app::CatalogueSong>> song(std::int64_t id) override;

    /// Songs that fit the words best.
    Task<Result<std::vector<Song>>> search(std::string text, TimePoint deadline);

    TimePoint now() const { return caller_.now(); }
    bool has_token() const { return !options_.access_token.empty(); }
    Task<void> restore() { return closure_.restore(); }
    std::optional<std::chrono::seconds> closed_for() const { return closure_.left(); }

private:
    Task<Result<boost::json::value>> get(std::string path, TimePoint deadline);

    GeniusOptions options_;
    std::string base_;
    upstream::Closure closure_;
    upstream::ServiceCaller caller_;
};

} // namespace personalify::genius
