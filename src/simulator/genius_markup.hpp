#pragma once

#include "simulator/songbook.hpp"

#include <string>

namespace personalify::simulator {

/// The HTML of a song's page, in the layout of its PageForm and with all that stands around lyrics: header,
/// translations, annotations, adverts, entities and odd spaces. A careful reader finds page_text(song) in it.
std::string song_page(const GeniusSong& song);

} // namespace personalify::simulator
