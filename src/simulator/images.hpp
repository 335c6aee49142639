#pragma once

#include "http/message.hpp"
#include "simulator/catalogue.hpp"
#include "simulator/episodes.hpp"
#include "simulator/listeners.hpp"

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

namespace personalify::simulator {

/// Widths of the pictures of artists and albums, in pixels, as Spotify lists them. Listeners have the last
/// two.
inline constexpr std::array image_sizes{640, 300, 64};

/// The part of the address that names a picture: 40 hexadecimal digits.
std::string image_hash(const Artist& artist);
std::string image_hash(const Album& album);
std::string image_hash(const Listener& listener);
std::string image_hash(const Show& show); ///< also of its episodes

/// Every picture of the simulated world by its hash. Immutable.
class Images {
public:
    Images();

    /// GET /image/{hash}/{size}: SVG that may be kept for ever, or 404.
    http::Response get(std::string_view path) const;

private:
    struct Picture {
        std::string_view id;
        std::string_view title;
        bool is_portrait = false;
    };
    std::unordered_map<std::string, Picture> by_hash_;
};

} // namespace personalify::simulator
