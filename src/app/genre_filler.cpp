#include "app/genre_filler.hpp"

#include "domain/genres.hpp"

#include <algorithm>

namespace personalify::app {

Task<void> GenreFiller::work(Executor shard) {
    const auto bell = std::make_shared<Bell>(shard);
    {
        const std::lock_guard lock(mutex_);
        bell_ = bell;
    }
    return work_by(bell);
}

void GenreFiller::ring() {
    const std::lock_guard lock(mutex_);
    if (bell_) {
        bell_->ring();
    }
}

Task<void> GenreFiller::work_by(std::shared_ptr<Bell> bell) {
    Timer rest(co_await asio::this_coro::executor);
    for (;;) {
        Round round;
        try {
            round = co_await run_once();
        } catch (const std::exception& failure) { // this one is the only one
            round.trouble = trouble({Errc::internal, "Internal Server Error", failure.what()});
        }
        if (round.trouble) { // whoever rings meanwhile has to wait, too
            rest.expires_after(*round.trouble);
            co_await rest.async_wait(asio::as_tuple(use_task));
        } else if (round.artists == 0) {
            co_await bell->wait(idle_look);
        }
    }
}

Task<GenreFiller::Round> GenreFiller::run_once() {
    Round round;
    const Result<std::vector<NamelessArtist>> artists =
        co_await store_.without_genres(clock_.now() - sought_again_after, at_once);
    if (!artists) {
        round.trouble = trouble(artists.error());
        co_return round;
    }
    for (const NamelessArtist& artist : *artists) {
        const Result<std::vector<std::string>> tags = co_await source_.tags_of(artist.name);
        if (!tags) {
            co_await note_failure(artist);
            round.trouble = trouble(tags.error());
            co_return round;
        }
        const Result<std::vector<UserId>> listeners =
            co_await store_.save_genres(artist.id, genres_of_tags(*tags), source_.name(), clock_.now());
        if (!listeners) {
            round.trouble = trouble(listeners.error());
            co_return round;
        }
        ++round.artists;
        for (const UserId& listener : *listeners) { // their dashboards show it from now on
            co_await cache_.erase(listener);
        }
    }
    co_return round;
}

Task<void> GenreFiller::note_failure(NamelessArtist artist) {
    failures_ = failing_ == artist.id ? failures_ + 1 : 1;
    failing_ = artist.id;
    if (failures_ >= most_failures) {
        const TimePoint as_if = clock_.now() - sought_again_after + postponed_for;
        const Result<> noted = co_await store_.mark_sought(std::move(artist.id), as_if);
        if (!noted && report_) {
            report_("genres.postpone", noted.error());
        }
    }
}

std::chrono::milliseconds GenreFiller::trouble(const Error& error) const {
    if (report_) {
        report_("genres.fill", error);
    }
    if (!error.retry_after) {
        return trouble_look;
    }
    return std::clamp<std::chrono::milliseconds>(*error.retry_after, std::chrono::seconds{1}, longest_look);
}

} // namespace personalify::app
