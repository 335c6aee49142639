#include "app/player.hpp"

#include "app/visibility.hpp"

#include <algorithm>
#include <random>

namespace personalify::app {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds poll_patience = 30s; ///< a look ends sooner by its own deadlines
constexpr std::chrono::milliseconds longest_sleep = 15s; ///< of a poller, before it sees that all have left
constexpr std::chrono::milliseconds after_fault = 1s;
constexpr std::chrono::minutes remembered{5};

constexpr const char* too_many = "Too many players are followed. Please try again later.";

/// Live listening is for those whom the user shares with, whatever the operator made public.
constexpr Visibility own_or_shared{.profiles_public = false};

double random_share() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution<double>{0, 1}(generator);
}

Error thrown_fault(const std::exception& failure) {
    return {.code = Errc::internal, .detail = "Internal Server Error", .cause = failure.what()};
}

} // namespace

PlayerService::PlayerService(UserStore& users, SpotifyApi& spotify, TokenService& tokens,
                             SessionService& sessions, const Clock& clock, PlayerRender render,
                             PlayerOptions options, Report report)
    : users_(users)
    , spotify_(spotify)
    , tokens_(tokens)
    , sessions_(sessions)
    , clock_(clock)
    , render_(std::move(render))
    , options_(options)
    , report_(std::move(report))
    , load_(options.looks_per_second) {}

void PlayerService::report(std::string_view what, const Error& error) const {
    if (report_) {
        report_(what, error);
    }
}

Task<Result<>> PlayerService::may_see(Caller caller, UserId user) {
    const Result<std::optional<User>> found = co_await users_.find(std::move(user));
    if (!found) {
        report("player.user", found.error());
        co_return std::unexpected(found.error());
    }
    if (!found->has_value() || !own_or_shared.allows(caller, **found)) {
        co_return fail(Errc::not_found, no_data);
    }
    co_return Result<>{};
}

Task<Result<PlayerService::Feed>> PlayerService::visible_feed(Caller caller, UserId user) {
    const Result<> visible = co_await may_see(std::move(caller), user);
    if (!visible) {
        co_return std::unexpected(visible.error());
    }
    co_return feed_of(user);
}

Task<Result<PlayerView>> PlayerService::show(Caller caller, UserId user) {
    std::string request_id = caller.request_id;
    const Result<Feed> feed = co_await visible_feed(std::move(caller), std::move(user));
    if (!feed) {
        co_return std::unexpected(feed.error());
    }
    const bool good = (*feed)->is_good(clock_.now());
    co_await refresh(*feed, options_.max_age, good ? options_.short_patience : options_.patience,
                     std::move(request_id));
    if (!(*feed)->has_answer()) { // it hangs, and goes on in the background
        co_return PlayerView{.playing = {}, .error = "Spotify takes too long to answer. Please try again."};
    }
    co_return (*feed)->view(clock_.now());
}

Task<Result<std::shared_ptr<PlayerWatch>>> PlayerService::watch(Caller caller, UserId user,
                                                                std::string last_id) {
    const Result<Feed> feed = co_await visible_feed(std::move(caller), std::move(user));
    if (!feed) {
        co_return std::unexpected(feed.error());
    }
    const Executor shard = co_await asio::this_coro::executor;
    std::shared_ptr<PlayerWatch> watch = (*feed)->join(shard); // first, so that no news is missed
    if (!start_polling(*feed, shard)) {
        const Error full{.code = Errc::overloaded, .detail = too_many, .cause = "pollers"};
        report("player.watch", full);
        co_return std::unexpected(full);
    }
    const bool good = (*feed)->is_good(clock_.now());
    co_await refresh(*feed, options_.poll, good ? options_.short_patience : options_.patience);
    (*feed)->greet(*watch, last_id, clock_.now());
    co_return watch;
}

Task<bool> PlayerService::may_go_on(std::string token, UserId user) {
    Caller caller;
    if (!token.empty()) {
        Result<Caller> found = co_await sessions_.identify(std::move(token));
        if (!found) {
            report("player.session", found.error());
            co_return true;
        }
        if (!found->session) {
            co_return false;
        }
        caller = std::move(*found);
    }
    const Result<> visible = co_await may_see(std::move(caller), std::move(user));
    co_return visible || visible.error().code != Errc::not_found;
}

Task<Result<std::vector<RecentPlay>>> PlayerService::recent(Caller caller, UserId user, int limit) {
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, login_again);
    }
    if (!caller.is(user)) {
        co_return fail(Errc::not_found, no_data);
    }
    std::function<Task<Result<std::vector<RecentPlay>>>(std::string)> request = [this,
                                                                                 limit](std::string token) {
        return spotify_.recently_played(std::move(token), limit, Urgency::user_request);
    };
    co_return co_await tokens_.call<std::vector<RecentPlay>>(std::move(user), std::move(request));
}

void PlayerService::measure(metrics::Sink& sink) {
    std::size_t watches = 0;
    std::size_t feeds = 0;
    {
        const std::lock_guard lock(mutex_);
        feeds = feeds_.size();
        for (const auto& [user, feed] : feeds_) {
            watches += feed->watches();
        }
    }
    sink.gauge("personalify_player_watchers", "Open streams of live players' events.",
               static_cast<double>(watches));
    sink.gauge("personalify_player_pollers", "Players that are looked at regularly.",
               static_cast<double>(pollers_.load()));
    sink.gauge("personalify_player_feeds", "Users whose player is remembered.", static_cast<double>(feeds));
}

Result<PlayerService::Feed> PlayerService::feed_of(const UserId& user) {
    const TimePoint now = clock_.now();
    const std::lock_guard lock(mutex_);
    auto at = feeds_.find(user);
    if (at == feeds_.end()) {
        if (feeds_.size() >= options_.most_feeds) {
            forget_idle_feeds(now);
        }
        if (feeds_.size() >= options_.most_feeds) {
            const Error full{.code = Errc::overloaded, .detail = too_many, .cause = "remembered players"};
            report("player.feed", full);
            return std::unexpected(full);
        }
        std::string epoch = std::to_string(to_millis(now)) + '.' + std::to_string(++feeds_made_);
        at =
            feeds_.emplace(user, std::make_shared<PlayerFeed>(user, std::move(epoch), options_.poll, render_))
                .first;
    }
    at->second->touch(now);
    return at->second;
}

void PlayerService::forget_idle_feeds(TimePoint now) {
    for (const auto age : {std::chrono::milliseconds{remembered}, std::chrono::milliseconds{10s}}) {
        std::erase_if(feeds_, [&](const auto& entry) { return entry.second->is_idle(now - age); });
        if (feeds_.size() < options_.most_feeds) {
            return;
        }
    }
}

PlayerService::Feed PlayerService::known_feed(const UserId& user) {
    const std::lock_guard lock(mutex_);
    const auto at = feeds_.find(user);
    return at == feeds_.end() ? nullptr : at->second;
}

void PlayerService::end_feed(const UserId& user) {
    if (const Feed feed = known_feed(user)) {
        feed->end();
        const std::lock_guard lock(mutex_);
        if (const auto at = feeds_.find(user); at != feeds_.end() && at->second == feed) {
            feeds_.erase(at);
        }
    }
}

void PlayerService::signed_in(const SavedLogin& login) {
    if (login.former_id) {
        end_feed(*login.former_id);
    }
    if (login.changed_hands) {
        end_feed(login.user.id);
    } else if (const Feed feed = known_feed(login.user.id)) {
        feed->renew();
    }
}

Task<bool> PlayerService::refresh(Feed feed, std::chrono::milliseconds max_age,
                                  std::chrono::milliseconds patience, std::string request_id) {
    if (!feed->may_ask(clock_.now(), max_age)) {
        co_return true;
    }
    std::string key = feed->flight_key();
    SingleFlight<bool>::Work work = [this, feed, max_age, request_id] {
        return ask(feed, max_age, request_id);
    };
    const Result<bool> asked = co_await flights_.run(std::move(key), patience, std::move(work));
    co_return asked || asked.error().code != Errc::internal;
}

Task<Result<bool>> PlayerService::ask(Feed feed, std::chrono::milliseconds max_age, std::string request_id) {
    try {
        co_await look(feed, max_age, std::move(request_id));
    } catch (const std::exception& failure) {
        const Error fault = thrown_fault(failure);
        report("player.poll", fault);
        co_return std::unexpected(fault);
    }
    co_return true;
}

Task<void> PlayerService::look(Feed feed, std::chrono::milliseconds max_age, std::string request_id) {
    const std::uint64_t logins = feed->logins();
    TimePoint sent = clock_.now();
    if (!feed->may_ask(sent, max_age)) { // another one landed since
        co_return;
    }
    // What the token takes, which may have to be renewed first, is no part of the look's time.
    std::function<Task<Result<Playing>>(std::string)> request = [this, &sent](std::string token) {
        sent = clock_.now();
        return spotify_.currently_playing(std::move(token));
    };
    Result<Playing> answer = fail(Errc::internal, "Internal Server Error");
    try {
        answer = co_await tokens_.call<Playing>(feed->user(), std::move(request));
    } catch (const std::exception& failure) {
        answer = std::unexpected(thrown_fault(failure));
    }
    if (!answer && answer.error().code != budget_spent) {
        answer.error().request_id = std::move(request_id);
        report("player.poll", answer.error());
    }
    feed->apply(logins, std::move(answer), sent, clock_.now(), random_share());
}

/// One user's, on one shard, while somebody watches.
struct PlayerService::Poller {
    Feed feed;
    std::shared_ptr<Timer> timer;
    WantedLooks wanted = {}; ///< as the load knows it
};

bool PlayerService::start_polling(const Feed& feed, Executor shard) {
    const auto poller = std::make_shared<Poller>(Poller{feed, std::make_shared<Timer>(shard)});
    if (++pollers_ > options_.most_pollers) {
        --pollers_;
        return feed->is_polled();
    }
    if (!feed->begin_polling(shard, poller->timer)) {
        --pollers_;
        return true;
    }
    asio::co_spawn(shard, poll(poller),
                   [this, poller](std::exception_ptr thrown) { end_poller(*poller, std::move(thrown)); });
    return true;
}

void PlayerService::end_poller(const Poller& poller, std::exception_ptr thrown) {
    load_.change(poller.wanted, {});
    --pollers_;
    if (!thrown) {
        return;
    }
    poller.feed->drop_polling();
    try {
        std::rethrow_exception(std::move(thrown));
    } catch (const std::exception& failure) {
        report("player.poll", thrown_fault(failure));
    }
}

/// Sleeps at most until all have left for that long: then it ends, without another look. Whatever throws on
/// the way does not end it: there are people who watch.
Task<void> PlayerService::poll(std::shared_ptr<Poller> poller) {
    while (!poller->feed->end_polling()) {
        std::chrono::milliseconds wait = after_fault;
        try {
            wait = co_await look_if_due(poller);
        } catch (const std::exception& failure) {
            report("player.poll", thrown_fault(failure));
        }
        if (wait > 0ms) {
            poller->timer->expires_after(std::min(wait, longest_sleep));
            co_await poller->timer->async_wait(asio::as_tuple(use_task));
        }
    }
}

/// How long to sleep before it is asked again.
Task<std::chrono::milliseconds> PlayerService::look_if_due(std::shared_ptr<Poller> poller) {
    const WantedLooks wanted = poller->feed->wanted();
    load_.change(std::exchange(poller->wanted, wanted), wanted);
    const std::chrono::milliseconds wait = poller->feed->until_due(clock_.now(), load_.pace());
    if (wait > 0ms) {
        co_return wait;
    }
    const bool well = co_await refresh(poller->feed, 0ms, poll_patience);
    co_return well ? 0ms : after_fault;
}

} // namespace personalify::app
