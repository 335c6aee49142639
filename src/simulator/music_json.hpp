#pragma once

#include "simulator/catalogue.hpp"
#include "simulator/people.hpp"
#include "simulator/settings.hpp"

#include <boost/json/object.hpp>

#include <string>

/// The catalogue and its listeners in the shapes of Spotify's answers.
namespace personalify::simulator {

/// How the shapes come out.
struct View {
    std::string base; ///< public address, without a slash at the end
    Mode mode = Mode::extended;
    GenresForm genres = GenresForm::array;
};

boost::json::object artist_json(const Artist& artist, const View& view);
boost::json::object track_json(const Track& track, const View& view);

/// GET /me. `may_read_private` and `may_read_email` come from the token's scopes.
boost::json::object person_json(const Person& person, const View& view, bool may_read_private,
                                bool may_read_email);

} // namespace personalify::simulator
