#pragma once

#include "app/ports/genres.hpp"
#include "app/ports/lyrics_sources.hpp"
#include "app/ports/song_catalogue.hpp"
#include "app/report.hpp"
#include "config/settings.hpp"
#include "core/clock.hpp"
#include "net/blocking_pool.hpp"
#include "net/http_client.hpp"
#include "storage/stores.hpp"
#include "upstream/common/report.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace personalify {

/// What services of words and genres need; all of it outlives them.
struct SongNeeds {
    net::HttpClient& client;
    net::BlockingPool& pool;
    storage::Stores& stores;
    const Clock& clock;
    app::Report report;
    upstream::Report upstreams;
};

/// The services that know songs, as the settings ask for them.
class SongServices {
public:
    virtual ~SongServices() = default;
    virtual app::SongCatalogue& catalogue() = 0;
    /// In the order in which they are asked.
    virtual std::vector<app::LyricsSource*> lyrics() = 0;
    /// Null when nobody is to be asked.
    virtual app::GenreSource* genres() = 0;
    /// To await before the first call.
    virtual std::vector<std::function<Task<void>()>> restore() = 0;
    /// Each service by name, and how long it is left alone, if it is.
    virtual std::vector<std::pair<std::string, std::optional<std::chrono::seconds>>> closed() const = 0;
};

/// Throws std::invalid_argument for an address that can't be called.
std::unique_ptr<SongServices> connect_song_services(const config::Settings& settings, const SongNeeds& needs);

} // namespace personalify
