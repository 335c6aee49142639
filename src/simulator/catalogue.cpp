#include "simulator/catalogue.hpp"

#include "simulator/catalogue_builder.hpp"

namespace personalify::simulator {
namespace {

template <class Item>
const Item* find_in(const std::unordered_map<std::string_view, const Item*>& by_id, std::string_view id) {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : found->second;
}

} // namespace

std::string_view to_string(Scene scene) {
    switch (scene) {
    case Scene::indonesian:
        return "id";
    case Scene::sundanese:
        return "su";
    case Scene::english:
        return "en";
    }
    return "";
}

std::string_view to_string(AlbumType type) {
    switch (type) {
    case AlbumType::album:
        return "album";
    case AlbumType::single:
        return "single";
    case AlbumType::compilation:
        return "compilation";
    }
    return "";
}

std::string_view to_string(DatePrecision precision) {
    switch (precision) {
    case DatePrecision::year:
        return "year";
    case DatePrecision::month:
        return "month";
    case DatePrecision::day:
        return "day";
    }
    return "";
}

std::string_view to_string(Mood mood) {
    switch (mood) {
    case Mood::joy:
        return "joy";
    case Mood::love:
        return "love";
    case Mood::gratitude:
        return "gratitude";
    case Mood::hope:
        return "hope";
    case Mood::calm:
        return "calm";
    case Mood::longing:
        return "longing";
    case Mood::sorrow:
        return "sorrow";
    case Mood::regret:
        return "regret";
    case Mood::anger:
        return "anger";
    case Mood::fear:
        return "fear";
    }
    return "";
}

Catalogue::Catalogue() {
    CatalogueBuilder(*this).build();
}

const Artist* Catalogue::find_artist(std::string_view id) const {
    return find_in(artists_by_id_, id);
}

const Album* Catalogue::find_album(std::string_view id) const {
    return find_in(albums_by_id_, id);
}

const Track* Catalogue::find_track(std::string_view id) const {
    return find_in(tracks_by_id_, id);
}

const Catalogue& catalogue() {
    static const Catalogue world;
    return world;
}

} // namespace personalify::simulator
