#include "app/login.hpp"

#include "app/caller.hpp"
#include "app/login_records.hpp"
#include "crypto/crypto.hpp"

#include <algorithm>

namespace personalify::app {

namespace {

// The key holds both secrets: a foreign browser can't even spend somebody's state.
std::string state_key(const std::string& state, const std::string& binder) {
    return "login-state/" + crypto::sha256_hex(state + '/' + binder);
}

std::string code_key(const std::string& code) {
    return "login-code/" + crypto::sha256_hex(code);
}

LoginEnd failed(LoginEnd end, LoginFailure failure, std::string cause) {
    end.failure = failure;
    end.cause = std::move(cause);
    return end;
}

/// With the state the browser's way to Spotify and back is remembered: the code itself need not be.
std::string hash_of_invitation(const std::string& code) {
    return code.empty() ? code : crypto::sha256_hex(code);
}

LoginFailure failure_of_exchange(Errc code) {
    return code == Errc::unauthenticated || code == Errc::forbidden ? LoginFailure::token_error
                                                                    : LoginFailure::server_error;
}

} // namespace

struct LoginService::Pending {
    std::string code_verifier;
    std::string redirect_uri;
    std::string redirect;
    std::string app_code_challenge;
    bool mobile = false;
    std::string invitation_hash;
};

bool is_frontend_path(std::string_view redirect) {
    return redirect.size() <= 512 && redirect.starts_with('/') && !redirect.starts_with("//") &&
           std::ranges::none_of(redirect, [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte <= 0x20 || byte == 0x7f || c == '\\';
           });
}

Task<Result<LoginStart>> LoginService::begin(LoginRequest request) {
    if (!request.redirect.empty() && !is_frontend_path(request.redirect)) {
        co_return fail(Errc::invalid_argument, "redirect must be a path of the frontend, such as /dashboard");
    }
    const std::string verifier = crypto::random_token();
    LoginStart start{.authorize_url = {}, .state = crypto::random_token(), .binder = crypto::random_token()};
    start.authorize_url =
        accounts_.authorize_url(request.redirect_uri, start.state, crypto::pkce_challenge(verifier));
    // A browser gets its cookies with the callback: a one-time code is for apps alone.
    const std::string challenge = request.mobile ? request.app_code_challenge : "";
    std::string record =
        encode_record({verifier, request.redirect_uri, request.redirect, challenge,
                       request.mobile ? "mobile" : "web", hash_of_invitation(request.invitation)});
    Result<> kept =
        co_await states_.put(state_key(start.state, start.binder), std::move(record), state_lifetime);
    if (!kept) {
        co_return std::unexpected(std::move(kept.error()));
    }
    co_return start;
}

Task<std::optional<LoginService::Pending>> LoginService::take(std::string state, std::string binder) {
    if (state.empty() || binder.empty()) {
        co_return std::nullopt;
    }
    Result<std::optional<std::string>> record = co_await states_.take(state_key(state, binder));
    if (!record || !record->has_value()) {
        co_return std::nullopt;
    }
    const std::vector<std::string> fields = decode_record(**record);
    if (fields.size() != 6) {
        co_return std::nullopt;
    }
    co_return Pending{.code_verifier = fields[0],
                      .redirect_uri = fields[1],
                      .redirect = fields[2],
                      .app_code_challenge = fields[3],
                      .mobile = fields[4] == "mobile",
                      .invitation_hash = fields[5]};
}

Task<LoginEnd> LoginService::refuse(std::string state, std::string binder, std::string error) {
    const std::optional<Pending> pending = co_await take(std::move(state), std::move(binder));
    LoginEnd end{};
    if (!pending) {
        co_return failed(end, LoginFailure::state_error, "unknown, foreign or used state");
    }
    end.mobile = pending->mobile;
    const LoginFailure failure =
        error == "access_denied" ? LoginFailure::access_denied : LoginFailure::server_error;
    co_return failed(end, failure, "Spotify answered the consent with an error");
}

Task<LoginEnd> LoginService::finish(std::string state, std::string binder, std::string code) {
    std::optional<Pending> pending = co_await take(std::move(state), std::move(binder));
    LoginEnd end{};
    if (!pending) {
        co_return failed(end, LoginFailure::state_error, "unknown, foreign or used state");
    }
    end.mobile = pending->mobile;
    end.redirect = pending->redirect;
    CodeExchange exchange{.code = std::move(code),
                          .redirect_uri = pending->redirect_uri,
                          .code_verifier = pending->code_verifier};
    Result<TokenGrant> grant = co_await accounts_.exchange_code(std::move(exchange));
    if (!grant) {
        co_return failed(end, failure_of_exchange(grant.error().code), grant.error().cause);
    }
    if (grant->access_token.empty()) {
        co_return failed(end, LoginFailure::no_access_token, "the grant holds no access token");
    }
    const Executor shard = co_await asio::this_coro::executor;
    Ranges reading;
    for (const TimeRange range : all_time_ranges) {
        reading[static_cast<std::size_t>(range)] = personalify::start(
            shard, sync_.read(grant->access_token, range, SyncService::usual_items, Urgency::user_request));
    }
    std::string access_token = grant->access_token;
    LoginFailure failure = LoginFailure::server_error;
    Result<User> user =
        co_await admit(std::move(access_token), std::move(*grant), pending->invitation_hash, failure);
    if (!user) {
        co_return failed(end, failure, user.error().cause.empty() ? user.error().detail : user.error().cause);
    }
    co_await sync_.forget_cached(user->id);
    co_await keep_tops(*user, std::move(reading));
    co_await open_session(std::move(*user), std::move(*pending), end);
    co_return end;
}

Task<Result<User>> LoginService::admit(std::string access_token, TokenGrant grant,
                                       std::string invitation_hash, LoginFailure& failure) {
    Result<SpotifyProfile> profile = co_await spotify_.me(std::move(access_token), Urgency::user_request);
    if (!profile) {
        failure = profile.error().code == Errc::forbidden ? LoginFailure::access_denied : failure;
        co_return std::unexpected(std::move(profile.error()));
    }
    SealedTokens sealed = tokens_.seal(profile->id, grant, "");
    Result<SavedLogin> saved =
        invited_ == nullptr ? co_await users_.save_login(std::move(*profile), std::move(sealed), clock_.now())
                            : co_await invited_->save_invited(std::move(*profile), std::move(sealed),
                                                              clock_.now(), std::move(invitation_hash));
    if (!saved) {
        failure = saved.error().code == Errc::forbidden ? LoginFailure::access_required : failure;
        co_return std::unexpected(std::move(saved.error()));
    }
    if (saved->changed_hands) {
        sessions_.changed_hands();
    }
    if (saved->former_id) {
        co_await sync_.forget_cached(*saved->former_id);
    }
    if (on_login_) {
        on_login_(*saved);
    }
    co_return std::move(saved->user);
}

Task<void> LoginService::keep_tops(User user, Ranges reading) {
    const Executor shard = co_await asio::this_coro::executor;
    const UnderWay::Pass pass = sync_.begin(user.id);
    std::vector<Started<Result<StoredTops>>> storing;
    for (const TimeRange range : all_time_ranges) {
        Result<Tops> tops = co_await reading[static_cast<std::size_t>(range)]->value();
        if (tops) { // what could not be read now is synced when the dashboard asks for it
            storing.push_back(personalify::start(shard, sync_.store(user, range, std::move(*tops), pass)));
        } else {
            sync_.report("login.sync", tops.error());
        }
    }
    for (Started<Result<StoredTops>>& stored : storing) {
        const Result<StoredTops> kept = co_await stored.value();
        if (!kept) {
            sync_.report("login.sync", kept.error());
        }
    }
}

Task<void> LoginService::open_session(User user, Pending pending, LoginEnd& end) {
    end.user = user.id;
    if (!pending.app_code_challenge.empty()) {
        std::string code = crypto::random_token();
        std::string record = encode_record({user.id.str(), pending.app_code_challenge});
        Result<> kept = co_await states_.put(code_key(code), std::move(record), code_lifetime);
        if (!kept) {
            end = failed(std::move(end), LoginFailure::server_error, kept.error().cause);
            co_return;
        }
        end.one_time_code = std::move(code);
        co_return;
    }
    const SessionKind kind = pending.mobile ? SessionKind::mobile : SessionKind::web;
    Result<std::string> token = co_await sessions_.start(user.id, kind);
    if (!token) {
        end = failed(std::move(end), LoginFailure::server_error, token.error().cause);
        co_return;
    }
    end.session_token = std::move(*token);
}

Task<Result<MobileSession>> LoginService::exchange(std::string one_time_code, std::string code_verifier) {
    constexpr const char* refused = "The code is unknown, used or expired.";
    Result<std::optional<std::string>> record = co_await states_.take(code_key(one_time_code));
    if (!record) {
        co_return std::unexpected(std::move(record.error()));
    }
    const std::vector<std::string> fields =
        record->has_value() ? decode_record(**record) : std::vector<std::string>{};
    if (fields.size() != 2 ||
        !crypto::equal_constant_time(fields[1], crypto::pkce_challenge(code_verifier))) {
        co_return fail(Errc::invalid_argument, refused);
    }
    UserId user{fields[0]};
    Result<std::string> token = co_await sessions_.start(user, SessionKind::mobile);
    if (!token && token.error().code == Errc::not_found) { // erased since the code was made
        co_return fail(Errc::invalid_argument, refused);
    }
    if (!token) {
        co_return std::unexpected(std::move(token.error()));
    }
    co_return MobileSession{std::move(*token), std::move(user), SessionService::idle_lifetime};
}

} // namespace personalify::app
