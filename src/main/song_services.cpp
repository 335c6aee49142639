#include "main/song_services.hpp"

#include "upstream/genius/genius.hpp"
#include "upstream/genres/genres.hpp"
#include "upstream/lrclib/lrclib.hpp"

#include <algorithm>

namespace personalify {

namespace {

using config::GenreSourceChoice;

std::unique_ptr<genius::Genius> make_genius(const config::Settings& settings, const SongNeeds& needs) {
    return genius::connect_genius({.access_token = settings.genius_access_token,
                                   .api_url = settings.genius_api_url,
                                   .web_url = settings.genius_web_url,
                                   .report = needs.upstreams},
                                  needs.client, needs.pool, needs.stores.upstream_state(), needs.clock);
}

std::unique_ptr<lrclib::Lrclib> make_lrclib(const config::Settings& settings, const SongNeeds& needs) {
    return lrclib::connect_lrclib({.url = settings.lrclib_url, .report = needs.upstreams}, needs.client,
                                  needs.stores.upstream_state(), needs.clock);
}

std::unique_ptr<genres::TagSource> make_tags(const config::Settings& settings, const SongNeeds& needs) {
    const bool has_key = !settings.lastfm_api_key.empty();
    switch (settings.genre_source) {
    case GenreSourceChoice::none:
        return nullptr;
    case GenreSourceChoice::automatic:
    case GenreSourceChoice::lastfm:
        if (has_key) {
            return genres::connect_lastfm({.url = settings.lastfm_url,
                                           .api_key = settings.lastfm_api_key,
                                           .between = std::chrono::milliseconds{250},
                                           .report = needs.upstreams},
                                          needs.client, needs.stores.upstream_state(), needs.clock);
        }
        [[fallthrough]];
    case GenreSourceChoice::musicbrainz:
        break;
    }
    return genres::connect_musicbrainz({.url = settings.musicbrainz_url, .report = needs.upstreams},
                                       needs.client, needs.stores.upstream_state(), needs.clock);
}

class Services final : public SongServices {
public:
    Services(const config::Settings& settings, const SongNeeds& needs)
        : wanted_(settings.lyrics_sources)
        , has_genius_(!settings.genius_access_token.empty())
        , genius_(make_genius(settings, needs))
        , lrclib_(make_lrclib(settings, needs))
        , tags_(make_tags(settings, needs)) {}

    app::SongCatalogue& catalogue() override { return genius_->catalogue(); }
    std::vector<app::LyricsSource*> lyrics() override {
        std::vector<app::LyricsSource*> sources;
        for (const std::string& name : wanted_) {
            app::LyricsSource* const source = name == "genius" ? &genius_->pages() : lrclib_.get();
            const bool is_usable = name != "genius" || has_genius_;
            if (is_usable && std::ranges::find(sources, source) == sources.end()) {
                sources.push_back(source);
            }
        }
        return sources;
    }
    app::GenreSource* genres() override { return tags_.get(); }
    std::vector<std::function<Task<void>()>> restore() override {
        std::vector<std::function<Task<void>()>> all{[this] { return genius_->restore(); },
                                                     [this] { return lrclib_->restore(); }};
        if (tags_) {
            all.emplace_back([this] { return tags_->restore(); });
        }
        return all;
    }
    std::vector<std::pair<std::string, std::optional<std::chrono::seconds>>> closed() const override {
        std::vector<std::pair<std::string, std::optional<std::chrono::seconds>>> all;
        if (has_genius_) {
            all.emplace_back("genius-api", genius_->api_closed_for());
            all.emplace_back("genius-pages", genius_->pages_closed_for());
        }
        if (std::ranges::find(wanted_, "lrclib") != wanted_.end()) {
            all.emplace_back("lrclib", lrclib_->closed_for());
        }
        if (tags_) {
            all.emplace_back(tags_->name(), tags_->closed_for());
        }
        return all;
    }

private:
    std::vector<std::string> wanted_;
    bool has_genius_; ///< without a token it is not asked
    std::unique_ptr<genius::Genius> genius_;
    std::unique_ptr<lrclib::Lrclib> lrclib_;
    std::unique_ptr<genres::TagSource> tags_;
};

} // namespace

std::unique_ptr<SongServices> connect_song_services(const config::Settings& settings,
                                                    const SongNeeds& needs) {
    return std::make_unique<Services>(settings, needs);
}

} // namespace personalify
