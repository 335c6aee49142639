#include "simulator/images.hpp"

#include "crypto/crypto.hpp"
#include "simulator/answers.hpp"
#include "simulator/covers.hpp"

#include <algorithm>

namespace personalify::simulator {
namespace {

constexpr std::string_view prefix = "/image/";
constexpr std::size_t hash_length = 40;

std::string hash_of(std::string_view kind, std::string_view id) {
    return crypto::sha256_hex(std::string{kind} + ':' + std::string{id}).substr(0, hash_length);
}

/// A third of the artists are pictured in person, the others by artwork.
bool shows_face(std::string_view hash) {
    return hash.front() < '5';
}

} // namespace

std::string image_hash(const Artist& artist) {
    return hash_of("artist", artist.id);
}
std::string image_hash(const Album& album) {
    return hash_of("album", album.id);
}
std::string image_hash(const Listener& listener) {
    return hash_of("listener", listener.account_id);
}
std::string image_hash(const Show& show) {
    return hash_of("show", show.id);
}

Images::Images() {
    for (const Artist& artist : catalogue().artists()) {
        const std::string hash = image_hash(artist);
        by_hash_[hash] = {.id = artist.id, .title = artist.name, .is_portrait = shows_face(hash)};
    }
    for (const Album& album : catalogue().albums()) {
        by_hash_[image_hash(album)] = {.id = album.id, .title = album.name};
    }
    for (const Show& show : shows()) {
        by_hash_[image_hash(show)] = {.id = show.id, .title = show.name};
    }
    for (const Listener& listener : listeners()) {
        if (listener.has_portrait) { // drawn from the user name they began with: it gives a face that fits
            by_hash_[image_hash(listener)] = {
                .id = listener.id, .title = listener.display_name.value_or(""), .is_portrait = true};
        }
    }
}

http::Response Images::get(std::string_view path) const {
    path.remove_prefix(std::min(prefix.size(), path.size()));
    const auto slash = std::min(path.find('/'), path.size());
    const auto picture = by_hash_.find(std::string{path.substr(0, slash)});
    const auto size = std::ranges::find(image_sizes, path.substr(slash),
                                        [](int pixels) { return "/" + std::to_string(pixels); });
    http::Response response;
    if (picture == by_hash_.end() || size == image_sizes.end()) {
        response = api_error(404, "Resource not found");
    } else {
        const Picture& found = picture->second;
        response.body = found.is_portrait ? portrait_svg(found.id, found.title, *size)
                                          : cover_svg(found.id, found.title, *size);
        response.headers = {{"Content-Type", "image/svg+xml"},
                            {"Cache-Control", "public, max-age=31536000, immutable"},
                            {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"}};
    }
    response.route = "/image/{hash}/{size}";
    return response;
}

} // namespace personalify::simulator
