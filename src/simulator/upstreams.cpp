#include "simulator/upstreams.hpp"

#include "simulator/accounts.hpp"
#include "simulator/answers.hpp"
#include "simulator/genius_api.hpp"
#include "simulator/genius_pages.hpp"
#include "simulator/inference_api.hpp"
#include "simulator/lastfm_api.hpp"
#include "simulator/lrclib_api.hpp"
#include "simulator/musicbrainz_api.hpp"
#include "simulator/state.hpp"
#include "simulator/telegram_api.hpp"
#include "simulator/translation_api.hpp"
#include "simulator/web_api.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

http::Response token_error(int status, std::string_view) {
    http::Response answer =
        oauth_error(status >= 500 ? "server_error" : "invalid_request", "A fault was asked for");
    answer.status = status;
    return answer;
}

http::Response web_api_error(int status, std::string_view) {
    const std::string_view message = status == 401   ? "The access token expired"
                                     : status == 403 ? "Forbidden"
                                     : status == 404 ? "Resource not found"
                                     : status == 429 ? "API rate limit exceeded"
                                                     : "A fault was asked for";
    return api_error(status, message);
}

http::Response model_error(int status, std::string_view) {
    return inference_error(status, status == 503 ? "Model is currently loading" : "A fault was asked for");
}

http::Response translation_error(int status, std::string_view) {
    return cloud_error(status, "A fault was asked for");
}

http::Response translation_page_error(int status, std::string_view) {
    return sorry_page(status);
}

http::Response nobody(State&, const http::Request&) {
    return api_error(404, "Resource not found");
}

constexpr Upstream nobodys{"spotify", "", nobody, web_api_error};

constexpr Upstream upstreams[] = {
    {"spotify", "/authorize", answer_authorize, web_api_error},
    {"spotify", "/api/token", answer_token, token_error},
    {"spotify", "/v1/", answer_web_api, web_api_error},
    {"huggingface", inference_path,
     [](State& state, const http::Request& request) { return answer_inference(state, request); },
     model_error},
    {"google", cloud_translation_path,
     [](State& state, const http::Request& request) { return answer_cloud_translation(state, request); },
     translation_error},
    {"google", free_translation_path,
     [](State&, const http::Request& request) { return answer_free_translation(request); },
     translation_page_error},
    {"google", translation_page_path,
     [](State&, const http::Request& request) { return answer_translation_page(request); },
     translation_page_error},
    {"genius_api", genius_api_path, answer_genius_api, genius_api_error},
    {.service = "genius_web",
     .path = genius_pages_path,
     .answer = answer_genius_page,
     .error = genius_page_error,
     .shows_pages = true},
    {"lrclib", lrclib_path, answer_lrclib, lrclib_error},
    {"lastfm", lastfm_path, answer_lastfm, lastfm_error},
    {"musicbrainz", musicbrainz_path, answer_musicbrainz, musicbrainz_error},
    {"telegram", telegram_path, answer_telegram, telegram_error},
};

} // namespace

const Upstream& upstream_of(std::string_view path) {
    const auto* found = std::ranges::find_if(upstreams, [&](const Upstream& upstream) {
        return upstream.path.ends_with('/') ? path.starts_with(upstream.path) : path == upstream.path;
    });
    return found == std::end(upstreams) ? nobodys : *found;
}

} // namespace personalify::simulator
