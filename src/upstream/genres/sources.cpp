#include "upstream/genres/sources.hpp"

#include "net/form.hpp"
#include "upstream/common/base_url.hpp"
#include "upstream/common/json_at.hpp"

namespace personalify::genres {

namespace {

constexpr std::size_t longest_answer = 1024 * 1024;

upstream::Send by(net::HttpClient& client) {
    return [&client](net::HttpCall call) { return client.send(std::move(call)); };
}

} // namespace

PacedSource::PacedSource(TagOptions options, std::string who, std::string closure, upstream::Send send,
                         app::UpstreamStateStore& states, const upstream::Timing& timing)
    : options_(std::move(options))
    , who_(std::move(who))
    , base_(upstream::base_url(options_.url, who_))
    , closure_(upstream::closure_of_key(closure, options_.api_key), states, timing.clock, options_.report)
    , pacer_(options_.between, timing)
    , gaps_(options_.between, timing)
    , caller_(who_, upstream::paced(std::move(send), gaps_, timing.clock), closure_, 1,
              {.one_try = options_.try_deadline, .body_bytes = longest_answer}, timing) {}

Task<Result<Tags>> Lastfm::tags_of(std::string artist) {
    std::string path = "/2.0/?" + net::form_encode({{"method", "artist.gettoptags"},
                                                    {"artist", artist},
                                                    {"autocorrect", "1"},
                                                    {"api_key", options().api_key},
                                                    {"format", "json"}});
    return get<Tags>(std::move(path), deadline(), &judge_lastfm);
}

Task<Result<Tags>> Musicbrainz::tags_of(std::string artist) {
    const TimePoint until = deadline();
    const Result<boost::json::value> found = co_await get<boost::json::value>(
        "/ws/2/artist?" +
            net::form_encode({{"query", "artist:" + quoted(artist)}, {"fmt", "json"}, {"limit", "5"}}),
        until, &judge_musicbrainz);
    if (!found) {
        co_return std::unexpected(found.error());
    }
    const boost::json::value* artists = upstream::member(*found, "artists");
    if (artists == nullptr || !artists->is_array()) { // nobody of that name is an empty list
        co_return fail(Errc::upstream_unavailable, "MusicBrainz gave an answer we can't read.",
                       "no list of artists");
    }
    const std::optional<std::string> id = artist_in(*found, artist);
    if (!id) {
        co_return Tags{};
    }
    const Result<boost::json::value> details = co_await get<boost::json::value>(
        "/ws/2/artist/" + *id + "?inc=genres+tags&fmt=json", until, &judge_musicbrainz);
    if (!details) {
        co_return std::unexpected(details.error());
    }
    co_return tags_in(*details);
}

std::unique_ptr<TagSource> connect_lastfm(TagOptions options, net::HttpClient& client,
                                          app::UpstreamStateStore& states, const Clock& clock) {
    return std::make_unique<Lastfm>(std::move(options), by(client), states, upstream::real_timing(clock));
}

std::unique_ptr<TagSource> connect_musicbrainz(TagOptions options, net::HttpClient& client,
                                               app::UpstreamStateStore& states, const Clock& clock) {
    return std::make_unique<Musicbrainz>(std::move(options), by(client), states,
                                         upstream::real_timing(clock));
}

} // namespace personalify::genres
