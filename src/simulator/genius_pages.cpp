#include "simulator/genius_pages.hpp"

#include "simulator/answers.hpp"
#include "simulator/genius_markup.hpp"
#include "simulator/state.hpp"

namespace personalify::simulator {
namespace {

http::Response page(int status, std::string html) {
    http::Response answer;
    answer.status = status;
    answer.body = std::move(html);
    set_header(answer, "Content-Type", "text/html; charset=utf-8");
    return answer;
}

http::Response not_found() {
    return page(404,
                "<!DOCTYPE html><html><head><title>Burrr! | Genius</title></head><body><h1>Oops! Page not "
                "found</h1></body></html>\n");
}

http::Response moved_to(std::string address) {
    http::Response answer =
        page(301, "<html><body>You are being <a href=\"" + address + "\">redirected</a>.</body></html>\n");
    set_header(answer, "Location", std::move(address));
    return answer;
}

} // namespace

http::Response genius_page_error(int status, std::string_view) {
    if (status == 404) {
        return not_found();
    }
    const bool is_block = status == 200 || status == 403 || status == 429 || status == 503;
    if (!is_block) {
        return page(status, "<!DOCTYPE html><html><head><title>Genius</title></head><body><h1>Something is "
                            "wrong on our side</h1></body></html>\n");
    }
    http::Response answer =
        page(status, "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title></head><body>"
                     "<noscript>Enable JavaScript and cookies to continue</noscript></body></html>\n");
    set_header(answer, "Server", "cloudflare");
    set_header(answer, "CF-Ray", "9a0b1c2d3e4f5a6b-CGK");
    if (status != 429) {
        set_header(answer, "CF-Mitigated", "challenge");
    }
    return answer;
}

std::string genius_site(State& state) {
    const std::lock_guard lock(state.mutex);
    return state.public_url + std::string{genius_pages_path.substr(0, genius_pages_path.size() - 1)};
}

http::Response answer_genius_page(State& state, const http::Request& request) {
    const auto path = std::string_view{request.path}.substr(genius_pages_path.size() - 1);
    const GeniusSong* song = songbook().find_path(path);
    if (song == nullptr || (request.method != "GET" && request.method != "HEAD")) {
        return not_found();
    }
    return path == song->path ? page(200, song_page(*song)) : moved_to(genius_site(state) + song->path);
}

} // namespace personalify::simulator
