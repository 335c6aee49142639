#pragma once

#include "simulator/music_json.hpp"
#include "simulator/programme.hpp"

#include <array>
#include <string>
#include <unordered_map>

namespace personalify::simulator {

/// "spotify:album:..."; "" for ContextKind::none. The playlist is the listener's own.
std::string context_uri(const Item& item, const Listener& listener);
/// What the item is called; "" for an ad and the unknown.
std::string_view item_name(const Item& item);
/// "spotify:track:..."; "" for an ad and the unknown.
std::string item_uri(const Item& item);

/// The JSON of whatever plays, written once for as long as the addresses stay. Not synchronized.
class PlayerTexts {
public:
    /// As `item` of an answer: null for an ad and the unknown.
    std::string item(const Item& item, const View& view);
    /// The object, or null.
    static std::string context(const Item& item, const Listener& listener, const View& view);

private:
    using Texts = std::unordered_map<const void*, std::string>;

    std::string base_;
    std::array<Texts, 2> texts_; ///< by Mode, then by track or episode
};

} // namespace personalify::simulator
