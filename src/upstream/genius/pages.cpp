#include "upstream/genius/pages.hpp"

#include "domain/songs.hpp"
#include "json/utf8.hpp"
#include "upstream/common/base_url.hpp"
#include "upstream/common/refusal.hpp"
#include "upstream/genius/charset.hpp"

#include <boost/asio/this_coro.hpp>

namespace personalify::genius {

namespace {

using namespace std::chrono_literals;
using app::FoundLyrics;
using app::LyricsState;

constexpr std::string_view public_site = "https://genius.com";
constexpr int most_redirects = 3;
constexpr int most_strange_pages = 5; ///< in a row
constexpr auto strange_rest = 10min;

const upstream::Manners& manners() {
    static const upstream::Manners known{.who = "Genius"};
    return known;
}

LyricsState state_of(PageKind kind) {
    switch (kind) {
    case PageKind::lyrics:
        return LyricsState::found;
    case PageKind::instrumental:
        return LyricsState::instrumental;
    default:
        return LyricsState::unreleased;
    }
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

Pages::Pages(const GeniusOptions& options, Catalogue& catalogue, upstream::Send send, ParsePage parse,
             app::UpstreamStateStore& states, const upstream::Timing& timing)
    : options_(options)
    , base_(upstream::base_url(options_.web_url, "Genius' site"))
    , catalogue_(catalogue)
    , parse_(std::move(parse))
    , closure_("genius-pages", states, timing.clock, options_.report)
    , caller_("Genius", std::move(send), closure_, options_.in_flight,
              {.one_try = options_.try_deadline, .body_bytes = max_page_bytes}, timing) {}

Task<Result<Pages::Page>> Pages::get(std::string path, TimePoint deadline) {
    net::HttpCall call;
    call.url = base_ + path;
    call.headers = {{"Accept", "text/html"}};
    const auto judge = [this](const net::HttpReply& reply, const upstream::Try& attempt) {
        using Judgement = upstream::Judgement<Page>;
        if (reply.header("cf-mitigated")) { // whatever the status: it is not Genius that answers
            return upstream::judgement_from<Page>(upstream::block_of(reply, attempt, manners()));
        }
        if (reply.status == 200) {
            return Judgement{.outcome = Page{200, reply.body, {}}};
        }
        if (reply.status == 404 || reply.status == 410) {
            return Judgement{.outcome = Page{404, {}, {}}};
        }
        if (is_redirect(reply.status)) {
            return Judgement{.outcome =
                                 Page{reply.status, {}, std::string{reply.header("location").value_or("")}}};
        }
        return upstream::judgement_from<Page>(
            upstream::refusal_of(reply, attempt, manners(), caller_.jitter()));
    };
    co_return co_await caller_.call<Page>(std::move(call), deadline, judge);
}

Task<Result<std::string>> Pages::path_of_song(const app::SongQuery& song, TimePoint deadline) {
    if (!song.genius_url.empty() && is_track_list(song.title)) { // chosen from an artist's songs
        co_return std::string{};
    }
    if (std::string path = upstream::path_below(base_, song.genius_url); !path.empty()) {
        co_return path;
    }
    const Result<std::vector<Song>> hits =
        co_await catalogue_.search(plain_title(song.title) + ' ' + song.artist, deadline);
    if (!hits) {
        co_return std::unexpected(hits.error());
    }
    for (const Song& hit : *hits) {
        const bool is_list = !is_song_title(hit.song.title) && is_song_title(song.title);
        if (is_performer(hit.song.artist) && !is_list &&
            is_same_song(song.title, song.artist, hit.song.title, hit.song.artist)) {
            std::string path = upstream::path_below(base_, hit.song.url);
            if (path.empty()) {
                co_return fail(Errc::upstream_unavailable, "Genius gave an answer we can't read.",
                               "a song without an address");
            }
            co_return path;
        }
    }
    co_return std::string{};
}

Task<Result<FoundLyrics>> Pages::read(std::string html, FoundLyrics found) {
    if (!json::is_utf8(html) && !from_latin1(html)) {
        co_return fail(Errc::upstream_unavailable, "Genius gave a page we can't read.", "no UTF-8");
    }
    Result<LyricsPage> page = co_await parse_(std::move(html));
    if (!page) {
        if (page.error().code == Errc::payload_too_large) {
            co_return fail(Errc::upstream_unavailable, "Genius gave a page we can't read.",
                           page.error().detail);
        }
        co_return std::unexpected(std::move(page.error()));
    }
    if (page->kind == PageKind::blocked) {
        closure_.close_until(caller_.now() + manners().blocked, co_await asio::this_coro::executor,
                             "a challenge");
        co_return fail(Errc::upstream_unavailable, "Genius does not let us in right now.", "a challenge",
                       manners().blocked);
    }
    strange_pages_ = page->kind == PageKind::not_understood ? strange_pages_ + 1 : 0;
    if (page->kind == PageKind::not_understood) {
        if (strange_pages_ >= most_strange_pages) { // the site has changed: asking more does not help
            closure_.close_until(caller_.now() + strange_rest, co_await asio::this_coro::executor,
                                 "pages that can't be read");
        }
        co_return fail(Errc::upstream_unavailable, "Genius gave a page we can't read.",
                       "neither words nor a placeholder on it");
    }
    found.state = state_of(page->kind);
    found.text = std::move(page->text);
    co_return found;
}

Task<Result<FoundLyrics>> Pages::find(app::SongQuery song) {
    const TimePoint deadline = caller_.now() + options_.deadline;
    if (const auto closed = closure_.left()) { // no search for a page that could not be asked for
        closure_.record().not_asked(upstream::NotAsked::closed);
        co_return std::unexpected(Error{.code = Errc::upstream_unavailable,
                                        .detail = "Genius does not let us in right now.",
                                        .cause = "closed, not called",
                                        .retry_after = closed,
                                        .service = closure_.record().name(),
                                        .not_asked = true});
    }
    Result<std::string> path = co_await path_of_song(song, deadline);
    if (!path) {
        co_return std::unexpected(std::move(path.error()));
    }
    FoundLyrics found{.source = name(), .title = std::move(song.title), .artist = std::move(song.artist)};
    for (int redirects = 0; !path->empty() && redirects <= most_redirects; ++redirects) {
        Result<Page> page = co_await get(*path, deadline);
        if (!page) {
            co_return std::unexpected(std::move(page.error()));
        }
        if (page->status == 200) {
            found.url = base_ + *path;
            co_return co_await read(std::move(page->body), std::move(found));
        }
        if (page->status == 404 && (redirects == 0 || path->contains("-lyrics"))) {
            co_return found; // missing
        }
        const bool stays = page->status != 404 && upstream::is_at(base_, page->location, public_site);
        *path = stays ? upstream::path_below(base_, page->location) : std::string{};
        if (path->empty()) { // a challenge, or a wall of consent: whoever leads us away does not let us in
            closure_.close_until(caller_.now() + manners().blocked, co_await asio::this_coro::executor,
                                 "a redirect to another place");
            co_return fail(Errc::upstream_unavailable, "Genius does not let us in right now.",
                           "a redirect to another place", manners().blocked);
        }
    }
    if (!path->empty()) {
        co_return fail(Errc::upstream_unavailable, "Genius gave a page we can't read.", "too many redirects");
    }
    co_return found; // missing
}

} // namespace personalify::genius
