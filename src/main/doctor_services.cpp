#include "core/clock.hpp"
#include "crypto/crypto.hpp"
#include "main/build_info.hpp"
#include "main/findings.hpp"
#include "net/http_client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <optional>

namespace personalify {

namespace {

constexpr std::chrono::seconds deadline{6};
constexpr std::chrono::seconds most_skew{60};

/// A question to a service, and what its refusal means.
struct Question {
    std::string name;
    std::string setting; ///< of its address
    net::HttpCall call;
    std::vector<int> refusals = {}; ///< statuses that say that our key is wrong
    std::string refusal_text = {};  ///< with these words in the body; "" for any
    std::string key = {};           ///< the setting that holds the key
    std::string secret = {};        ///< to be kept out of texts
};

net::HttpCall get(std::string url) {
    net::HttpCall call;
    call.url = std::move(url);
    call.deadline = deadline;
    call.connect_timeout = std::chrono::seconds{4};
    call.max_body_bytes = 4 * 1024 * 1024;
    return call;
}

void add_spotify(const config::Settings& settings, std::vector<Question>& all) {
    Question accounts{.name = "Spotify's accounts service",
                      .setting = "SPOTIFY_ACCOUNTS_URL",
                      .call = get(settings.spotify_accounts_url + "/api/token"),
                      .refusals = {400, 401},
                      .refusal_text = "invalid_client",
                      .key = "SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET"};
    accounts.call.method = "POST";
    accounts.call.body = "grant_type=client_credentials";
    accounts.call.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                             {"Authorization", "Basic " + crypto::base64(settings.spotify_client_id + ':' +
                                                                         settings.spotify_client_secret)}};
    all.push_back(std::move(accounts));
    all.push_back({.name = "Spotify's Web API",
                   .setting = "SPOTIFY_API_URL",
                   .call = get(settings.spotify_api_url + "/v1/me")});
}

void add_songs(const config::Settings& settings, std::vector<Question>& all) {
    using config::GenreSourceChoice;
    if (!settings.genius_access_token.empty()) {
        Question genius{.name = "Genius",
                        .setting = "GENIUS_API_URL",
                        .call = get(settings.genius_api_url + "/search?q=a"),
                        .refusals = {401},
                        .key = "GENIUS_ACCESS_TOKEN"};
        genius.call.headers = {{"Authorization", "Bearer " + settings.genius_access_token}};
        all.push_back(std::move(genius));
        all.push_back({.name = "Genius' pages",
                       .setting = "GENIUS_WEB_URL",
                       .call = get(settings.genius_web_url + "/")});
    }
    if (std::ranges::find(settings.lyrics_sources, "lrclib") != settings.lyrics_sources.end()) {
        all.push_back(
            {.name = "LRCLIB", .setting = "LRCLIB_URL", .call = get(settings.lrclib_url + "/api/search?q=")});
    }
    const GenreSourceChoice source = settings.genre_source;
    const bool has_key = !settings.lastfm_api_key.empty();
    if (source == GenreSourceChoice::lastfm || (source == GenreSourceChoice::automatic && has_key)) {
        all.push_back(
            {.name = "Last.fm", .setting = "LASTFM_URL", .call = get(settings.lastfm_url + "/2.0/")});
    } else if (source != GenreSourceChoice::none) {
        all.push_back({.name = "MusicBrainz",
                       .setting = "MUSICBRAINZ_URL",
                       .call = get(settings.musicbrainz_url + "/ws/2/")});
    }
}

void add_others(const config::Settings& settings, std::vector<Question>& all) {
    if (settings.emotion_engine != config::EmotionEngineChoice::local) {
        all.push_back({.name = "Hugging Face",
                       .setting = "HF_INFERENCE_URL",
                       .call = get(settings.hf_inference_url + "/")});
    }
    if (settings.translator == config::TranslatorChoice::google) {
        all.push_back({.name = "Cloud Translation",
                       .setting = "TRANSLATE_CLOUD_URL",
                       .call = get(settings.translate_cloud_url + "/")});
    } else if (settings.translator == config::TranslatorChoice::web) {
        all.push_back({.name = "Google's translation page",
                       .setting = "TRANSLATE_WEB_URL",
                       .call = get(settings.translate_web_url + "/")});
    }
    if (!settings.telegram_bot_token.empty()) {
        all.push_back({.name = "Telegram",
                       .setting = "TELEGRAM_URL",
                       .call = get(settings.telegram_url + "/bot" + settings.telegram_bot_token + "/getMe"),
                       .refusals = {401, 404},
                       .key = "TELEGRAM_BOT_TOKEN",
                       .secret = settings.telegram_bot_token});
    }
}

std::vector<Question> questions(const config::Settings& settings) {
    std::vector<Question> all;
    add_spotify(settings, all);
    add_songs(settings, all);
    add_others(settings, all);
    return all;
}

Task<void> ask(net::HttpClient& client, net::HttpCall call, std::optional<net::HttpResult>& answer) {
    answer.emplace(co_await client.send(std::move(call)));
}

/// All at once; answers in the order of the questions.
std::vector<std::optional<net::HttpResult>> ask_all(const std::vector<Question>& questions) {
    net::HttpClient client{{.user_agent = "Personalify/" + std::string{version_number()}}};
    std::vector<std::optional<net::HttpResult>> answers(questions.size());
    asio::io_context loop{1};
    for (std::size_t i = 0; i < questions.size(); ++i) {
        asio::co_spawn(loop, ask(client, questions[i].call, answers[i]), [](std::exception_ptr) {});
    }
    loop.run();
    return answers;
}

std::string masked(std::string text, const std::string& secret) {
    for (std::size_t at = 0; !secret.empty() && (at = text.find(secret)) != std::string::npos;) {
        text.replace(at, secret.size(), "***");
    }
    return text;
}

std::string remedy_of(const Question& question, const net::HttpFailure& failure) {
    const std::string& why = failure.cause;
    if (why.contains("resolve")) {
        return "Check the machine's DNS (/etc/resolv.conf), and " + question.setting + ".";
    }
    if (why.contains("SSL") || why.contains("certificate") || why.contains("TLS")) {
        return "Check the machine's clock and its certificates (apt-get install ca-certificates), and " +
               question.setting + ".";
    }
    return "Check the network, the firewall and the proxy (HTTPS_PROXY), and " + question.setting + ".";
}

void judge(const Question& question, const net::HttpResult& result, Findings& findings) {
    constexpr std::string_view check = "services";
    if (!result) {
        const net::HttpFailure& failure = result.error();
        const std::string why =
            masked(failure.cause.empty() ? failure.detail : failure.cause, question.secret);
        findings.problem(check, question.name + " can't be reached: " + why + ".",
                         remedy_of(question, failure));
        return;
    }
    const bool refused = std::ranges::find(question.refusals, result->status) != question.refusals.end() &&
                         result->body.contains(question.refusal_text);
    if (refused) {
        findings.problem("keys",
                         question.name + " refuses " + question.key + " (status " +
                             std::to_string(result->status) + ").",
                         "Copy " + question.key + " anew from where the service shows it.");
    } else if (result->status >= 500 || result->status == 407) {
        findings.problem(
            check, question.name + " answers with status " + std::to_string(result->status) + ".",
            "Wait for the service to recover; if it stays, check " + question.setting + " and the proxy.");
    }
}

/// How far the service's clock is ahead of ours; nullopt when it does not say.
std::optional<std::chrono::seconds> skew_of(const net::HttpReply& reply, TimePoint now) {
    const auto date = reply.header("date");
    std::tm parts{};
    if (!date || ::strptime(std::string{*date}.c_str(), "%a, %d %b %Y %H:%M:%S", &parts) == nullptr) {
        return std::nullopt;
    }
    const std::chrono::seconds there{::timegm(&parts)};
    return there - std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
}

/// By the service that agrees best: one may be wrong itself.
void check_clock(const std::vector<std::optional<net::HttpResult>>& answers, Findings& findings) {
    const TimePoint now = SystemClock{}.now();
    std::optional<std::chrono::seconds> least;
    for (const auto& answer : answers) {
        const auto skew = answer && *answer ? skew_of(**answer, now) : std::nullopt;
        if (skew && (!least || std::chrono::abs(*skew) < std::chrono::abs(*least))) {
            least = skew;
        }
    }
    if (least && std::chrono::abs(*least) > most_skew) {
        const std::string seconds = std::to_string(std::chrono::abs(*least).count());
        findings.problem("clock",
                         "This machine's clock is " + seconds + " s " +
                             (least->count() > 0 ? "slow" : "fast") + " by what the services say.",
                         "Let it be set by the network: timedatectl set-ntp true.");
    }
}

} // namespace

void check_services(const Patient& patient, Findings& findings) {
    const std::vector<Question> asked = questions(patient.settings);
    const std::vector<std::optional<net::HttpResult>> answers = ask_all(asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (answers[i]) {
            judge(asked[i], *answers[i], findings);
        }
    }
    check_clock(answers, findings);
}

} // namespace personalify
