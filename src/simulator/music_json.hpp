#pragma once

#include "simulator/catalogue.hpp"
#include "simulator/people.hpp"
#include "simulator/settings.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>

/// The catalogue and its listeners in the shapes of Spotify's answers.
namespace personalify::simulator {

/// How the shapes come out.
struct View {
    std::string base; ///< public address, without a slash at the end
    Mode mode = Mode::extended;
    GenresForm genres = GenresForm::array;
};

/// The members that every object with an address has. `kind` is "artist", "album", "track", "show" or
/// "episode".
void add_links(boost::json::object& object, std::string_view kind, std::string_view id, const View& view);

/// A picture in Spotify's sizes of artists and albums.
boost::json::array images_json(const View& view, const std::string& hash);

boost::json::object artist_json(const Artist& artist, const View& view);
boost::json::object track_json(const Track& track, const View& view);

/// GET /me. `may_read_private` and `may_read_email` come from the token's scopes.
boost::json::object person_json(const Person& person, const View& view, bool may_read_private,
                                bool may_read_email);

} // namespace personalify::simulator
