#pragma once

#include "upstream/common/pacer.hpp"
#include "upstream/genres/answer.hpp"
#include "upstream/genres/genres.hpp"

namespace personalify::genres {

/// What both services have in common: turns, closures, tries.
class PacedSource : public TagSource {
public:
    PacedSource(TagOptions options, std::string who, std::string closure, upstream::Send send,
                app::UpstreamStateStore& states, const upstream::Timing& timing);

    Task<void> restore() override { return closure_.restore(); }
    std::optional<std::chrono::seconds> closed_for() const override { return closure_.left(); }

protected:
    template <class T>
    using Judge = upstream::Judgement<T> (*)(const net::HttpReply&, const upstream::Try&, double jitter);

    template <class T>
    Task<Result<T>> get(std::string path, TimePoint deadline, Judge<T> judge) {
        if (const auto closed = closure_.left()) {
            co_return fail(Errc::upstream_unavailable, who_ + " is not asked right now.",
                           "closed, not called", closed);
        }
        if (const Result<> turn = co_await pacer_.turn(deadline); !turn) {
            co_return std::unexpected(turn.error());
        }
        net::HttpCall call;
        call.url = base_ + path;
        call.headers = {{"Accept", "application/json"}};
        co_return co_await caller_.template call<T>(
            std::move(call), deadline,
            [this, judge](const net::HttpReply& reply, const upstream::Try& attempt) {
                return judge(reply, attempt, caller_.jitter());
            });
    }
    TimePoint deadline() const { return caller_.now() + options_.deadline; }
    const TagOptions& options() const { return options_; }

private:
    TagOptions options_;
    std::string who_;
    std::string base_;
    upstream::Closure closure_;
    upstream::Pacer pacer_; ///< turns in line
    upstream::Pacer gaps_;  ///< between requests: a slow one, or a second try, makes turns come late
    upstream::ServiceCaller caller_;
};

class Lastfm final : public PacedSource {
public:
    Lastfm(TagOptions options, upstream::Send send, app::UpstreamStateStore& states,
           const upstream::Timing& timing)
        : PacedSource(std::move(options), "Last.fm", "lastfm", std::move(send), states, timing) {}
    std::string name() const override { return "lastfm"; }
    Task<Result<Tags>> tags_of(std::string artist) override;
};

class Musicbrainz final : public PacedSource {
public:
    Musicbrainz(TagOptions options, upstream::Send send, app::UpstreamStateStore& states,
                const upstream::Timing& timing)
        : PacedSource(std::move(options), "MusicBrainz", "musicbrainz", std::move(send), states, timing) {}
    std::string name() const override { return "musicbrainz"; }
    Task<Result<Tags>> tags_of(std::string artist) override;
};

} // namespace personalify::genres
