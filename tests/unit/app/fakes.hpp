#pragma once

#include "app/ports/access_requests.hpp"
#include "app/ports/emotions.hpp"
#include "app/ports/history.hpp"
#include "app/ports/invited_users.hpp"
#include "app/ports/library.hpp"
#include "app/ports/sessions.hpp"
#include "app/ports/users.hpp"
#include "storage/memory/dashboard_cache.hpp"
#include "unit/app/turns.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

/// The stores of a test: in memory, counting what is asked of them, failing when told to.
namespace personalify::test {

/// What every fake store has: a failure that all of its calls answer with while it is set.
class Failing {
public:
    std::optional<Error> failure;

protected:
    template <class T>
    Result<T> unless_failing(T value) const {
        return failure ? Result<T>{std::unexpected(*failure)} : Result<T>{std::move(value)};
    }
    Result<> unless_failing() const { return failure ? Result<>{std::unexpected(*failure)} : Result<>{}; }
};

class FakeUsers final : public app::UserStore, public app::InvitedUserStore, public Failing {
public:
    explicit FakeUsers(Journal& journal)
        : journal_(journal) {}

    std::function<void()> after_next_find; ///< what others do before its result is used

    Task<Result<app::SavedLogin>> save_login(SpotifyProfile profile, app::SealedTokens sealed,
                                             TimePoint at) override {
        ++logins;
        if (failure) {
            co_return std::unexpected(*failure);
        }
        User& user = users[profile.id];
        user = User{.id = profile.id,
                    .account_id = profile.account_id,
                    .display_name = profile.display_name,
                    .image = profile.image,
                    .country = profile.country,
                    .product = profile.product,
                    .followers = profile.followers,
                    .sharing = user.sharing,
                    .reconnect_needed = false,
                    .authorized_at = at};
        sealed_tokens[profile.id] = std::move(sealed);
        co_return app::SavedLogin{.user = user};
    }
    Task<Result<app::SavedLogin>> save_invited(SpotifyProfile profile, app::SealedTokens sealed, TimePoint at,
                                               std::string invitation_hash) override {
        if (!users.contains(profile.id) && invitations.erase(invitation_hash) == 0) {
            co_return fail(Errc::forbidden, "An invitation is needed.");
        }
        co_return co_await save_login(std::move(profile), std::move(sealed), at);
    }
    Task<Result<std::optional<User>>> find(UserId id) override {
        ++finds;
        const auto at = users.find(id);
        auto found = at == users.end() ? std::nullopt : std::optional<User>{at->second};
        if (const auto meanwhile = std::exchange(after_next_find, nullptr)) {
            meanwhile();
        }
        co_return unless_failing(std::move(found));
    }
    Task<Result<std::optional<app::SealedTokens>>> tokens(UserId id) override {
        const auto at = sealed_tokens.find(id);
        co_return unless_failing(at == sealed_tokens.end() ? std::nullopt
                                                           : std::optional<app::SealedTokens>{at->second});
    }
    Task<Result<bool>> replace_tokens(UserId id, app::SealedTokens expected,
                                      app::SealedTokens tokens) override {
        if (!holds(id, expected)) {
            co_return unless_failing(false);
        }
        journal_.note("tokens stored");
        sealed_tokens[id] = std::move(tokens);
        co_return unless_failing(true);
    }
    Task<Result<bool>> require_reconnect(UserId id, app::SealedTokens expected) override {
        if (!holds(id, expected)) {
            co_return unless_failing(false);
        }
        sealed_tokens.erase(id);
        users[id].reconnect_needed = true;
        co_return unless_failing(true);
    }
    Task<Result<>> set_sharing(UserId id, bool share) override {
        if (!users.contains(id)) {
            co_return fail(Errc::not_found, "no such user");
        }
        users[id].sharing = share;
        co_return unless_failing();
    }

    Task<Result<bool>> erase(UserId id) override {
        if (failure) {
            co_return std::unexpected(*failure);
        }
        sealed_tokens.erase(id);
        const bool erased = users.erase(id) > 0;
        if (erased && on_erase) {
            on_erase(id);
        }
        co_return erased;
    }

    std::function<void(const UserId&)> on_erase; ///< what other stores lose with the user
    std::map<UserId, User> users;
    std::set<std::string> invitations; ///< hashes of those that are good
    std::map<UserId, app::SealedTokens> sealed_tokens;
    int logins = 0;
    int finds = 0;

private:
    bool holds(const UserId& id, const app::SealedTokens& expected) const {
        const auto at = sealed_tokens.find(id);
        return at != sealed_tokens.end() && at->second == expected;
    }
    Journal& journal_;
};

class FakeSessions final : public app::SessionStore, public Failing {
public:
    Task<Result<>> create(app::Session session) override {
        if (!failure) {
            sessions[session.token_hash] = std::move(session);
        }
        co_return unless_failing();
    }
    Task<Result<std::optional<app::Session>>> find(std::string hash, TimePoint now) override {
        ++finds;
        const auto at = sessions.find(hash);
        const bool lives = at != sessions.end() && at->second.expires_at > now;
        co_return unless_failing(lives ? std::optional<app::Session>{at->second} : std::nullopt);
    }
    Task<Result<>> extend(std::string hash, TimePoint expires_at) override {
        ++extensions;
        if (const auto at = sessions.find(hash); at != sessions.end()) {
            at->second.expires_at = expires_at;
        }
        co_return unless_failing();
    }
    Task<Result<std::vector<app::Session>>> list(UserId user, TimePoint now, int limit) override {
        std::vector<app::Session> found;
        for (const auto& [hash, session] : sessions) {
            if (session.user == user && session.expires_at >= now) {
                found.push_back(session);
            }
        }
        std::ranges::sort(found, std::greater{}, &app::Session::created_at);
        found.resize(std::min(found.size(), static_cast<std::size_t>(limit)));
        co_return unless_failing(std::move(found));
    }
    Task<Result<bool>> erase(std::string hash) override {
        co_return unless_failing(sessions.erase(hash) == 1);
    }
    Task<Result<int>> erase_expired(TimePoint now, int limit) override {
        int erased = 0;
        std::erase_if(sessions, [&](const auto& entry) {
            return erased < limit && entry.second.expires_at < now && ++erased > 0;
        });
        co_return unless_failing(erased);
    }

    std::map<std::string, app::Session> sessions; ///< by the hash of their token
    int finds = 0;
    int extensions = 0;
};

class FakeLibrary final : public app::LibraryStore, public Failing {
public:
    Task<Result<>> save_tops(UserId user, TimeRange range, Tops tops, TimePoint synced_at) override {
        ++saves;
        if (!failure) {
            stored[{user, range}] = {std::move(tops), synced_at};
        }
        co_return unless_failing();
    }
    Task<Result<std::optional<app::StoredTops>>> tops(UserId user, TimeRange range) override {
        ++reads;
        const auto at = stored.find({user, range});
        auto answer =
            unless_failing(at == stored.end() ? std::nullopt : std::optional<app::StoredTops>{at->second});
        if (between) {
            co_await std::exchange(between, {})();
        }
        co_return answer;
    }

    Task<Result<std::optional<Track>>> track(std::string id) override {
        std::optional<Track> found;
        for (const auto& [key, tops] : stored) {
            const auto at = std::ranges::find(tops.tops.tracks, id, &Track::id);
            if (at != tops.tops.tracks.end()) {
                found = *at;
            }
        }
        co_return unless_failing(std::move(found));
    }
    Task<Result<bool>> count_all_titles(UserId user, TimeRange range, TimePoint synced_at) override {
        const auto at = stored.find({user, range});
        const bool there = at != stored.end() && at->second.synced_at == synced_at;
        if (there && !failure) {
            at->second.all_titles = true;
        }
        co_return unless_failing(there);
    }

    std::map<std::pair<UserId, TimeRange>, app::StoredTops> stored;
    /// Runs once, when the next answer has been read but not yet given.
    std::function<Task<void>()> between;
    int saves = 0;
    int reads = 0;
};

class FakeHistory final : public app::HistoryStore, public Failing {
public:
    Task<Result<>> append(UserId user, app::HistoryEntry entry) override {
        if (!failure) {
            entries[user].insert(entries[user].begin(), std::move(entry));
        }
        co_return unless_failing();
    }
    Task<Result<>> annotate(UserId user, TimeRange range, TimePoint synced_at,
                            EmotionSummary emotions) override {
        const auto newest = std::ranges::find(
            entries[user], range, [](const app::HistoryEntry& entry) { return entry.document.time_range; });
        if (!failure && newest != entries[user].end() && newest->synced_at >= synced_at) {
            newest->document.emotion_paragraph = emotions.paragraph;
            newest->document.top_emotions = emotions.top;
        }
        co_return unless_failing();
    }
    Task<Result<std::vector<app::HistoryEntry>>> list(UserId user, int limit,
                                                      std::optional<TimePoint> before) override {
        ++reads;
        std::vector<app::HistoryEntry> found;
        for (const app::HistoryEntry& entry : entries[user]) {
            if (found.size() < static_cast<std::size_t>(limit) && (!before || entry.synced_at < *before)) {
                found.push_back(entry);
            }
        }
        co_return unless_failing(std::move(found));
    }

    std::map<UserId, std::vector<app::HistoryEntry>> entries; ///< newest first
    int reads = 0;
};

class FakeAccessRequests final : public app::AccessRequestStore, public Failing {
public:
    Task<Result<bool>> add(app::AccessRequest request, int most_open) override {
        if (std::ssize(stored) >= most_open) {
            co_return fail(Errc::overloaded, "Too many requests wait for an answer.");
        }
        const bool again = std::ranges::any_of(requests, [&](const app::AccessRequest& earlier) {
            return earlier.email == request.email &&
                   request.requested_at - earlier.requested_at < std::chrono::hours{24};
        });
        if (!again && !failure) {
            stored.push_back({.id = std::ssize(stored) + 1, .request = request});
            due.push_back(request.requested_at);
            requests.push_back(std::move(request));
        }
        co_return unless_failing(!again);
    }
    Task<Result<std::vector<app::StoredAccessRequest>>> list(app::AccessFilter) override {
        co_return unless_failing(stored);
    }
    Task<Result<std::optional<app::StoredAccessRequest>>>
    decide(std::int64_t id, std::optional<app::Invitation> invitation, TimePoint now) override {
        for (app::StoredAccessRequest& each : stored) {
            if (each.id == id && !failure) {
                each.state = invitation ? app::AccessState::approved : app::AccessState::declined;
                each.decided_at = now;
                invited = std::move(invitation);
                co_return std::optional{each};
            }
        }
        co_return unless_failing(std::optional<app::StoredAccessRequest>{});
    }
    Task<Result<bool>> erase(std::int64_t id) override {
        const auto is_it = [id](const app::StoredAccessRequest& each) { return each.id == id; };
        co_return unless_failing(std::erase_if(stored, is_it) > 0);
    }
    Task<Result<int>> erase_decided(TimePoint before, int) override {
        const auto is_old = [before](const app::StoredAccessRequest& each) {
            return each.decided_at && *each.decided_at < before;
        };
        co_return unless_failing(static_cast<int>(std::erase_if(stored, is_old)));
    }
    Task<Result<std::int64_t>> count_users() override { co_return unless_failing(users); }
    Task<Result<std::optional<app::StoredAccessRequest>>> take_due(TimePoint now) override {
        for (std::size_t i = 0; i < stored.size(); ++i) {
            if (stored[i].delivery == app::Delivery::pending && due[i] <= now && !failure) {
                stored[i].delivery = app::Delivery::sending;
                ++stored[i].attempts;
                co_return std::optional{stored[i]};
            }
        }
        co_return unless_failing(std::optional<app::StoredAccessRequest>{});
    }
    Task<Result<std::optional<TimePoint>>> next_due() override {
        std::optional<TimePoint> next;
        for (std::size_t i = 0; i < stored.size(); ++i) {
            if (stored[i].delivery == app::Delivery::pending) {
                next = std::min(next.value_or(due[i]), due[i]);
            }
        }
        co_return unless_failing(next);
    }
    Task<Result<>> settle(std::int64_t id, app::Delivery delivery, TimePoint next_attempt) override {
        if (!failure) {
            stored.at(static_cast<std::size_t>(id - 1)).delivery = delivery;
            due.at(static_cast<std::size_t>(id - 1)) = next_attempt;
        }
        co_return unless_failing();
    }
    Task<Result<int>> settle_interrupted() override { co_return unless_failing(0); }

    std::vector<app::AccessRequest> requests;
    std::vector<app::StoredAccessRequest> stored; ///< the same, with their fate
    std::vector<TimePoint> due;                   ///< of each
    std::optional<app::Invitation> invited;       ///< with the last decision
    std::int64_t users = 0;
};

class FakeEmotions final : public app::EmotionReader {
public:
    Task<std::optional<EmotionSummary>> summary(UserId, TimeRange, std::vector<std::string> asked,
                                                bool all) override {
        titles = std::move(asked);
        all_titles = all;
        co_return answer;
    }
    Task<void> synced(UserId user, TimeRange range, TimePoint synced_at,
                      std::vector<std::string> asked) override {
        syncs.push_back({std::move(user), range, synced_at, std::move(asked)});
        co_return;
    }

    struct Sync {
        UserId user;
        TimeRange range;
        TimePoint synced_at;
        std::vector<std::string> titles;
    };
    std::optional<EmotionSummary> answer;
    std::vector<std::string> titles; ///< asked for last
    bool all_titles = false;
    std::vector<Sync> syncs;
};

/// The real cache, counting.
class CountingCache final : public app::DashboardCache {
public:
    explicit CountingCache(const Clock& clock)
        : cache_(1 << 22, clock) {}

    Task<Lookup> get(UserId user, TimeRange range) override {
        Lookup found = co_await cache_.get(std::move(user), range);
        hits += found.value != nullptr ? 1 : 0;
        co_return found;
    }
    std::shared_ptr<const Kept> at_hand(std::string_view user, TimeRange range) override {
        return cache_.at_hand(user, range);
    }
    Task<void> put(UserId user, Value dashboard, Audience audience, std::chrono::seconds lifetime,
                   std::uint64_t mark) override {
        return cache_.put(std::move(user), std::move(dashboard), audience, lifetime, mark);
    }
    Task<void> erase(UserId user) override {
        ++erasures;
        return cache_.erase(std::move(user));
    }

    int hits = 0;
    int erasures = 0;

private:
    storage::MemoryDashboardCache cache_;
};

} // namespace personalify::test
