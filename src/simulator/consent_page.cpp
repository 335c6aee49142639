#include "simulator/consent_page.hpp"

#include "embedded.hpp"
#include "simulator/answers.hpp"
#include "simulator/images.hpp"
#include "simulator/markup.hpp"
#include "simulator/scopes.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

constexpr std::string_view notice = "This is not Spotify. Invented listeners, nothing leaves this machine.";

std::string page(std::string_view title, std::string_view content) {
    std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>";
    out += as_markup(title);
    out += "</title>\n<link rel=\"icon\" href=\"/_assets/consent.svg\" type=\"image/svg+xml\">\n"
           "<link rel=\"stylesheet\" href=\"/_assets/consent.css\">\n</head>\n<body>\n<p class=\"notice\">";
    out += notice;
    out += "</p>\n<main>\n";
    out += content;
    out += "</main>\n</body>\n</html>\n";
    return out;
}

/// Where the form may lead. Browsers hold it against the whole chain of redirects, so what the app may do
/// after its callback has to be let through as well: go on to its front end, over https or on another
/// loopback port.
std::string form_targets(std::string_view origin) {
    const std::string_view target = origin.contains('[') ? "http:" : origin; // no IPv6 in a host source
    return "'self' " + std::string{target} + " https: http://127.0.0.1:* http://localhost:*";
}

http::Response html_answer(int status, std::string text, const std::string& form_action) {
    http::Response response;
    response.status = status;
    response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                        {"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; "
                                                    "base-uri 'none'; frame-ancestors 'none'; form-action " +
                                                        form_action},
                        {"Cache-Control", "no-store"}};
    response.body = std::move(text);
    return response;
}

std::string wishes(const std::vector<std::string>& scopes) {
    std::string out = "<ul class=\"wishes\">\n<li>See your name and picture</li>\n";
    for (const std::string& name : scopes) {
        const Scope* scope = find_scope(name);
        out += "<li>" + as_markup(scope == nullptr ? name : scope->words) + "</li>\n";
    }
    return out + "</ul>\n";
}

/// The first character, whole (UTF-8).
std::string_view initial(std::string_view name) {
    std::size_t end = std::min<std::size_t>(1, name.size());
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
        ++end;
    }
    return name.substr(0, end);
}

std::string card(const Person& person) {
    const Listener& listener = *person.listener;
    const std::string name = as_markup(listener.display_name.value_or(person.id));
    std::string out =
        "<li><button class=\"card\" name=\"listener\" value=\"" + as_markup(person.id) + "\">\n";
    if (listener.has_portrait) {
        out += "<img class=\"portrait\" src=\"/image/" + image_hash(listener) +
               "/300\" alt=\"\" width=\"84\" height=\"84\">\n";
    } else {
        out += "<span class=\"portrait none\" aria-hidden=\"true\">" +
               as_markup(initial(listener.display_name.value_or(person.id))) + "</span>\n";
    }
    out += "<span class=\"who\"><span class=\"name\">" + name + "</span>\n<span class=\"product\">" +
           as_markup(listener.product) + "</span></span>\n<span class=\"blurb\">" +
           as_markup(listener.blurb) + "</span>\n";
    return out + "</button></li>\n";
}

} // namespace

http::Response consent_page(const ConsentRequest& request) {
    const std::string app = as_markup(request.app);
    std::string out =
        "<section class=\"ask\" aria-labelledby=\"ask\">\n<p class=\"eyebrow\">Simulated sign-in</p>\n"
        "<h1 id=\"ask\">" +
        app + " would like to know your music</h1>\n<p class=\"lead\">If you agree, " + app + " can:</p>\n" +
        wishes(request.scopes) + "<p class=\"hint\">Whatever you choose, you go on to <b>" +
        as_markup(request.origin) + "</b></p>\n</section>\n";
    out +=
        "<section class=\"people\" aria-labelledby=\"people\">\n<h2 id=\"people\">Who are you today?</h2>\n"
        "<form method=\"post\" id=\"consent\">\n<input type=\"hidden\" name=\"decision\" value=\"allow\">\n"
        "<ul class=\"cards\">\n";
    for (const Person& person : request.people) {
        out += card(person);
    }
    out += "</ul>\n</form>\n<form method=\"post\" class=\"cancel\">\n"
           "<button class=\"button\" name=\"decision\" value=\"deny\">Cancel</button>\n"
           "<p class=\"hint\">Sends you back without a sign-in.</p>\n</form>\n</section>\n";
    return html_answer(200, page("Sign in to " + std::string{request.app} + " (simulated)", out),
                       form_targets(request.origin));
}

http::Response error_page(std::string_view text) {
    return html_answer(
        400,
        page("Sign-in error (simulated)",
             "<section class=\"ask error\">\n<p class=\"eyebrow\">Simulated sign-in</p>\n<h1>" +
                 as_markup(text) +
                 "</h1>\n<p class=\"lead\">The app sent you here with a request that Spotify would "
                 "refuse, too. Check its client id and its redirect URI: https, or http with "
                 "127.0.0.1 or [::1], never localhost.</p>\n</section>\n"),
        "'none'");
}

http::Response asset(std::string_view path) {
    http::Response response;
    if (path == "/_assets/consent.css") {
        response.headers.push_back({"Content-Type", "text/css; charset=utf-8"});
        response.static_body = embedded::consent_css();
    } else if (path == "/_assets/consent.svg") {
        response.headers.push_back({"Content-Type", "image/svg+xml"});
        response.static_body = embedded::consent_svg();
    } else {
        response = api_error(404, "Resource not found");
    }
    response.headers.push_back({"Cache-Control", "no-cache"});
    response.route = "/_assets/{name}";
    return response;
}

} // namespace personalify::simulator
