#include "api/assets.hpp"

#include "embedded.hpp"
#include "http/etag.hpp"

#include <array>
#include <mutex>
#include <zlib.h>

namespace personalify::api {

struct Inflated {
    std::once_flag once;
    std::shared_ptr<const std::string> text;
};

namespace {

constexpr std::string_view style = "text/css; charset=utf-8";
constexpr std::string_view script = "text/javascript; charset=utf-8";

std::string inflate_gzip(std::string_view bytes) {
    z_stream stream{};
    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) {
        return {};
    }
    std::string out;
    std::array<char, 64 * 1024> chunk{};
    std::string copy{bytes}; // zlib's interface wants mutable input
    stream.next_in = reinterpret_cast<Bytef*>(copy.data());
    stream.avail_in = static_cast<uInt>(copy.size());
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk.data(), chunk.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return out;
}

bool accepts_gzip(const http::Request& request) {
    const std::string_view accepted = request.header("accept-encoding").value_or("");
    const std::size_t at = accepted.find("gzip");
    return at != std::string_view::npos && !accepted.substr(at).starts_with("gzip;q=0,") &&
           accepted.substr(at) != "gzip;q=0";
}

/// Inflated once: milliseconds, and some megabytes, that only clients without gzip cost.
std::shared_ptr<const std::string> plain_text(const Asset& asset) {
    std::call_once(asset.inflated->once, [&] {
        asset.inflated->text = std::make_shared<const std::string>(inflate_gzip(asset.bytes));
    });
    return asset.inflated->text;
}

std::vector<Asset> make_assets() {
    namespace files = embedded;
    std::vector<Asset> all{
        {"app.css", style, files::app_css()},
        {"app.js", script, files::app_js()},
        {"dashboard.js", script, files::dashboard_js()},
        {"kit.js", script, files::kit_js()},
        {"landing.css", style, files::landing_css()},
        {"landing.js", script, files::landing_js()},
        {"live.js", script, files::live_js()},
        {"lyrics.css", style, files::lyrics_css()},
        {"lyrics.js", script, files::lyrics_js()},
        {"player.css", style, files::player_css()},
        {"player.js", script, files::player_js()},
        {"recent.js", script, files::recent_js()},
        {"sections.js", script, files::sections_js()},
        {"strings.js", script, files::strings_js()},
        {"verses.js", script, files::verses_js()},
        {"favicon.svg", "image/svg+xml", files::favicon_svg()},
        {"scalar.js", script, files::scalar_js_gz(), true},
    };
    for (Asset& asset : all) {
        asset.etag = http::make_etag(asset.bytes);
        asset.inflated = asset.gzipped ? std::make_shared<Inflated>() : nullptr;
    }
    return all;
}

} // namespace

const std::vector<Asset>& assets() {
    static const std::vector<Asset> all = make_assets();
    return all;
}

http::Response serve_asset(const Asset& asset, const http::Request& request) {
    http::Response response;
    response.headers = {{"Content-Type", std::string{asset.type}},
                        {"Cache-Control", "public, no-cache"},
                        {"ETag", asset.etag}};
    if (asset.gzipped) {
        response.headers.push_back({"Vary", "Accept-Encoding"});
    }
    if (http::names_etag(request.header("if-none-match").value_or(""), asset.etag)) {
        response.status = 304;
        return response;
    }
    if (asset.gzipped && !accepts_gzip(request)) {
        response.shared_body = plain_text(asset);
        return response;
    }
    if (asset.gzipped) {
        response.headers.push_back({"Content-Encoding", "gzip"});
    }
    response.static_body = asset.bytes;
    return response;
}

} // namespace personalify::api
