#include "api/account.hpp"
#include "api/history_item.hpp"
#include "api/job_answer.hpp"
#include "api/own_session.hpp"
#include "api/stream_deadline.hpp"

#include <mutex>
#include <unordered_set>

namespace personalify::api {

namespace {

constexpr int most_at_once = 3;
constexpr int history_page = 20;
constexpr std::chrono::seconds come_back{20};
constexpr std::chrono::minutes most_time{5}; ///< for one export

constexpr const char* readme =
    "What Personalify holds of you, and what these files are. Times are UTC.\n"
    "\n"
    "profile.json     who you are at Spotify, whether you share your dashboard (public; null: you have not\n"
    "                 chosen), when you first logged in and last consented at Spotify\n"
    "sessions.json    where you are logged in; the secrets that prove it are held as hashes only, and not "
    "here\n"
    "tops/*.json      your favourites per time range (short_term, medium_term, long_term), with the "
    "emotions\n"
    "                 read in their titles, as your dashboard shows them\n"
    "history.ndjson   every sync that is kept, one JSON document a line, newest first\n"
    "jobs.json        what was computed for you lately\n"
    "\n"
    "Spotify's tokens are held sealed and are not part of this; profile.json tells until when they are "
    "good.\n"
    "Your account holds no e-mail address. If you once asked for access by the form, the name and address\n"
    "that you wrote there are with the operator, until then or 90 days after the answer; ask there.\n"
    "To have all of your account deleted: DELETE /api/me.\n";

struct ExportedProfile {
    std::string spotify_id;
    std::optional<std::string> account_id;
    std::string display_name;
    std::string image;
    std::optional<std::string> country;
    std::optional<std::string> product;
    std::optional<std::int64_t> followers;
    std::optional<bool> public_;
    TimePoint first_login_at;
    TimePoint authorized_at;
    TimePoint reauthorize_by;
    bool spotify_tokens_held = false;
};
BOOST_DESCRIBE_STRUCT(ExportedProfile, (),
                      (spotify_id, account_id, display_name, image, country, product, followers, public_,
                       first_login_at, authorized_at, reauthorize_by, spotify_tokens_held))

ExportedProfile exported(const app::Self& self) {
    const User& user = self.user;
    return {.spotify_id = user.id.str(),
            .account_id = user.account_id,
            .display_name = user.display_name,
            .image = user.image,
            .country = user.country,
            .product = user.product,
            .followers = user.followers,
            .public_ = user.sharing,
            .first_login_at = user.created_at,
            .authorized_at = user.authorized_at,
            .reauthorize_by = self.reauthorize_by,
            .spotify_tokens_held = !user.reconnect_needed};
}

/// The few places for those who export, one per user.
class Places {
public:
    bool take(const UserId& user) {
        const std::lock_guard lock(mutex_);
        return std::ssize(taken_) < most_at_once && taken_.insert(user).second;
    }
    void give_back(const UserId& user) {
        const std::lock_guard lock(mutex_);
        taken_.erase(user);
    }

private:
    std::mutex mutex_;
    std::unordered_set<UserId> taken_; ///< guarded by mutex_
};

/// A place; given back when this goes.
class Turn {
public:
    /// Null when there is none.
    static std::shared_ptr<Turn> take(std::shared_ptr<Places> places, const UserId& user) {
        return places->take(user) ? std::shared_ptr<Turn>{new Turn{std::move(places), user}} : nullptr;
    }
    ~Turn() { places_->give_back(user_); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    Turn(std::shared_ptr<Places> places, UserId user)
        : places_(std::move(places))
        , user_(std::move(user)) {}
    std::shared_ptr<Places> places_;
    UserId user_;
};

/// One export on its way to its reader.
class Takeout {
public:
    Takeout(ExportSources sources, app::Caller caller, std::unique_ptr<app::Archive> archive,
            std::shared_ptr<Turn> turn)
        : sources_(std::move(sources))
        , caller_(std::move(caller))
        , archive_(std::move(archive))
        , turn_(std::move(turn)) {}

    /// What could be read before anything is sent.
    std::string profile;

    /// False, and a broken connection, when something failed half-way: half an archive has to look like one.
    Task<void> send(http::ResponseStream& stream) {
        const StreamDeadline deadline(co_await asio::this_coro::executor, stream, most_time);
        Result<bool> sent = co_await send_all(stream);
        if (!sent) {
            if (sources_.report) {
                sources_.report("export", sent.error());
            }
            stream.reset();
        }
    }

private:
    using Sent = Result<bool>; ///< false: the reader has gone

    Task<Sent> send_all(http::ResponseStream& stream) {
        Sent there = co_await file(stream, "README.txt", readme);
        if (there && *there) {
            there = co_await file(stream, "profile.json", profile);
        }
        if (there && *there) {
            there = co_await send_sessions(stream);
        }
        for (const TimeRange range : all_time_ranges) {
            if (there && *there) {
                there = co_await send_tops(stream, range);
            }
        }
        if (there && *there) {
            there = co_await send_history(stream);
        }
        if (there && *there) {
            there = co_await send_jobs(stream);
        }
        if (there && *there) {
            there = co_await pass_on(stream, co_await archive_->finish());
        }
        co_return there;
    }

    Task<Sent> pass_on(http::ResponseStream& stream, Result<std::string> ready) {
        if (!ready) {
            co_return std::unexpected(std::move(ready.error()));
        }
        co_return co_await stream.write(std::move(*ready));
    }

    Task<Sent> file(http::ResponseStream& stream, std::string name, std::string text) {
        Sent there = co_await pass_on(stream, co_await archive_->begin_file(std::move(name)));
        if (there && *there) {
            there = co_await pass_on(stream, co_await archive_->append(std::move(text)));
        }
        co_return there;
    }

    Task<Sent> send_sessions(http::ResponseStream& stream) {
        Result<std::vector<app::OwnSession>> sessions = co_await sources_.sessions.list(caller_);
        if (!sessions) {
            co_return std::unexpected(std::move(sessions.error()));
        }
        std::string text = json::write(items_of(*sessions));
        co_return co_await file(stream, "sessions.json", std::move(text));
    }

    Task<Sent> send_tops(http::ResponseStream& stream, TimeRange range) {
        Result<app::DashboardCache::Value> tops =
            co_await sources_.dashboards.peek(caller_, caller_.session->user, range);
        if (!tops) {
            co_return std::unexpected(std::move(tops.error()));
        }
        if (*tops == nullptr) {
            co_return true;
        }
        std::string name = "tops/" + std::string{to_string(range)} + ".json";
        std::string text = json::write(**tops);
        co_return co_await file(stream, std::move(name), std::move(text));
    }

    Task<Sent> send_history(http::ResponseStream& stream) {
        Sent there = co_await pass_on(stream, co_await archive_->begin_file("history.ndjson"));
        std::optional<TimePoint> before;
        while (there && *there) {
            Result<std::vector<app::HistoryEntry>> page =
                co_await sources_.history.list(caller_, caller_.session->user, history_page, before);
            if (!page) {
                co_return std::unexpected(std::move(page.error()));
            }
            if (page->empty()) {
                break;
            }
            before = page->back().synced_at;
            std::string lines;
            for (app::HistoryEntry& entry : *page) {
                json::append(lines, item_of(std::move(entry)));
                lines += '\n';
            }
            there = co_await pass_on(stream, co_await archive_->append(std::move(lines)));
        }
        co_return there;
    }

    Task<Sent> send_jobs(http::ResponseStream& stream) {
        Result<std::vector<app::Job>> jobs = co_await sources_.jobs.list(caller_);
        if (!jobs) {
            co_return std::unexpected(std::move(jobs.error()));
        }
        std::vector<JobAnswer> answers;
        for (const app::Job& job : *jobs) {
            answers.push_back(answer_of(job));
        }
        std::string text = json::write(answers);
        co_return co_await file(stream, "jobs.json", std::move(text));
    }

    ExportSources sources_;
    app::Caller caller_;
    std::unique_ptr<app::Archive> archive_;
    std::shared_ptr<Turn> turn_;
};

Task<void> send(std::shared_ptr<Takeout> takeout, http::ResponseStream& stream) {
    co_await takeout->send(stream);
}

Task<void> send_nothing(http::ResponseStream& /*stream*/) {
    co_return;
}

Task<Result<http::Response>> take_out(ExportSources sources, std::shared_ptr<Places> places,
                                      app::Caller caller, bool headers_only) {
    const Result<app::Self> self = co_await sources.profiles.self(caller);
    if (!self) {
        co_return std::unexpected(self.error());
    }
    std::shared_ptr<Turn> turn = Turn::take(std::move(places), self->user.id);
    if (!turn) {
        co_return fail(Errc::overloaded, "Other exports are under way. Please try again.", "exports",
                       come_back);
    }
    const TimePoint now = sources.clock.now();
    http::Response response;
    response.headers = {{"Content-Type", "application/zip"},
                        {"Content-Disposition", "attachment; filename=\"personalify-export-" +
                                                    to_rfc3339(now).substr(0, 10) + ".zip\""},
                        {"Cache-Control", "no-store"}};
    response.stream = send_nothing;
    if (!headers_only) {
        const auto takeout = std::make_shared<Takeout>(sources, std::move(caller),
                                                       sources.archives.start(now), std::move(turn));
        takeout->profile = json::write(exported(*self));
        response.stream = [takeout](http::ResponseStream& stream) { return send(takeout, stream); };
    }
    co_return response;
}

} // namespace

void add_export_routes(Routes& routes, const ExportSources& sources) {
    const auto places = std::make_shared<Places>();
    routes.get<http::Response>("/api/me/export", "Everything that is held of the session's user")
        .tag("Account")
        .describe(
            "A zip file of JSON documents: profile, sessions, tops, history and jobs, with a README that "
            "says which is which. A few at once, one per user; more are told to come back. One that is not "
            "taken "
            "within five minutes is broken off.")
        .needs_session()
        .produces("application/zip")
        .limit(Limit::takeout)
        .fails_with(Errc::unauthenticated, Errc::overloaded)
        .handle([sources, places](const app::Caller& caller, const http::Request& request) {
            return take_out(sources, places, caller, request.method == "HEAD");
        });
}

} // namespace personalify::api
