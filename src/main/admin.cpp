#include "main/admin.hpp"

#include "domain/receipts.hpp"
#include "main/build_info.hpp"
#include "main/console.hpp"
#include "main/listen.hpp"
#include "main/secret_key.hpp"
#include "main/stored.hpp"
#include "net/http_client.hpp"
#include "storage/sqlite/maintenance.hpp"
#include "storage/sqlite/sqlite.hpp"

#include <cstdio>

namespace personalify {

namespace {

constexpr int names_shown = 5;
constexpr int users_shown = 10;

int failed(const Error& error) {
    complain(error);
    return 1;
}

int print(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    return 0;
}

/// The token without making one.
Result<std::string> known_token(const config::Settings& settings) {
    const std::filesystem::path& dir = settings.data_dir;
    std::error_code unknown;
    if (settings.admin_token.empty() && !std::filesystem::exists(admin_token_file(dir), unknown)) {
        return fail(Errc::not_found, "There is no admin token in " + dir.string() +
                                         ": --data-dir and --demo name the folder of a service. One that has "
                                         "ADMIN_TOKEN set keeps none: set it here as well.");
    }
    return admin_token(settings.admin_token, dir);
}

/// All stores, while no service uses them.
Result<std::unique_ptr<storage::Stores>> open_stopped(const config::Settings& settings, const Clock& clock) {
    const std::filesystem::path& dir = settings.data_dir;
    if (const auto there = storage::read_sqlite(dir); !there) {
        return std::unexpected(there.error());
    }
    Result<std::unique_ptr<storage::Stores>> stores = storage::open_sqlite(dir, clock);
    if (!stores && stores.error().code == Errc::conflict) {
        return fail(Errc::conflict, "The service is running on " + dir.string() +
                                        ", and its memory would not know of the change: stop it, run this "
                                        "command again, and start it.");
    }
    return stores;
}

Task<Result<net::HttpReply>> send(net::HttpClient& client, net::HttpCall call) {
    net::HttpResult result = co_await client.send(std::move(call));
    if (!result) {
        co_return std::unexpected(static_cast<const Error&>(result.error()));
    }
    co_return std::move(*result);
}

bool has_database(const std::filesystem::path& dir) {
    std::error_code unknown;
    return std::filesystem::exists(storage::database_file(dir), unknown);
}

} // namespace

Result<std::filesystem::path> stored_data_dir(const config::Settings& settings, bool named) {
    const std::filesystem::path& own = settings.data_dir;
    const std::filesystem::path demo = own / "demo";
    if (settings.demo) {
        return demo;
    }
    if (named || settings.has_spotify_app()) {
        const bool demo_alone = !settings.has_spotify_app() && !has_database(own) && has_database(demo);
        return demo_alone ? demo : own;
    }
    if (has_database(own) && has_database(demo)) {
        return fail(Errc::conflict, "There is a database in " + own.string() + " and one of the demo in " +
                                        demo.string() +
                                        ", and no setting says which is meant: add --demo, or --data-dir " +
                                        own.string() + '.');
    }
    return has_database(own) ? own : demo;
}

Result<std::filesystem::path> restored_data_dir(const config::Settings& settings, bool named) {
    const std::filesystem::path demo = settings.data_dir / "demo";
    if (!settings.demo && !named && !settings.has_spotify_app() && has_database(demo)) {
        return fail(Errc::conflict, "The demo keeps its data in " + demo.string() +
                                        ", and no setting says whether that folder is meant: add --demo, or "
                                        "--data-dir " +
                                        settings.data_dir.string() + '.');
    }
    return settings.demo ? demo : settings.data_dir;
}

int print_stats(const config::Settings& settings) {
    const auto stores = storage::read_sqlite(settings.data_dir);
    if (!stores) {
        return failed(stores.error());
    }
    Result<StoredTotals> totals = run_now((*stores)->reports().totals(names_shown, users_shown));
    if (!totals) {
        return failed(totals.error());
    }
    return print(system_receipt(
        {.stored = std::move(*totals), .counted_at = SystemClock{}.now(), .version = version_number()}));
}

int show_user(const config::Settings& settings, const std::string& user) {
    const auto stores = storage::read_sqlite(settings.data_dir);
    if (!stores) {
        return failed(stores.error());
    }
    const auto found = run_now((*stores)->reports().user(UserId{user}, names_shown));
    if (!found) {
        return failed(found.error());
    }
    print(user_receipt(UserId{user}, *found, SystemClock{}.now()));
    return *found ? 0 : 1;
}

int share_user(const config::Settings& settings, const std::string& user, bool with_everybody) {
    const SystemClock clock;
    const auto stores = open_stopped(settings, clock);
    if (!stores) {
        return failed(stores.error());
    }
    const Result<> done = run_now((*stores)->users().set_sharing(UserId{user}, with_everybody));
    if (!done) {
        return failed(done.error());
    }
    return print(user +
                 (with_everybody ? " is shown to everybody now, in " : " is shown to nobody else now, in ") +
                 settings.data_dir.string() + ".\n");
}

int delete_user(const config::Settings& settings, const std::string& user) {
    const SystemClock clock;
    const auto stores = open_stopped(settings, clock);
    if (!stores) {
        return failed(stores.error());
    }
    const Result<bool> erased = run_now((*stores)->users().erase(UserId{user}));
    if (!erased) {
        return failed(erased.error());
    }
    if (!*erased) {
        return failed({Errc::not_found, "There is no such user in " + settings.data_dir.string() + '.'});
    }
    return print("Deleted " + user + " with all that " + settings.data_dir.string() + " held of them.\n");
}

int clear_cache(const config::Settings& settings, const std::string& url) {
    const Result<std::string> token = known_token(settings);
    if (!token) {
        return failed(token.error());
    }
    net::HttpClient client;
    net::HttpCall call{.method = "POST",
                       .url = (url.empty() ? own_origin(settings) : url) + "/admin/clear-cache",
                       .headers = {{"Authorization", "Bearer " + *token}},
                       .body = {},
                       .unreachable = "The service does not answer: is it running at this address?"};
    const std::string address = call.url;
    const Result<net::HttpReply> reply = run_now(send(client, std::move(call)));
    if (!reply) {
        return failed({reply.error().code, address + ": " + reply.error().detail, reply.error().cause});
    }
    if (reply->status != 200) {
        return failed(
            {Errc::forbidden, address + " answered " + std::to_string(reply->status) + ": " + reply->body});
    }
    return print(reply->body);
}

} // namespace personalify
