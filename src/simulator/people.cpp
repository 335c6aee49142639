#include "simulator/people.hpp"

#include <algorithm>

namespace personalify::simulator {

People::People() {
    for (const Listener& listener : listeners()) {
        all_.push_back({.listener = &listener, .id = std::string{listener.id}});
    }
}

const Person* People::find(std::string_view id) const {
    const auto found = std::ranges::find(all_, id, &Person::id);
    return found == all_.end() ? nullptr : &*found;
}

const Person* People::find_account(std::string_view account_id) const {
    const auto found =
        std::ranges::find(all_, account_id, [](const Person& person) { return person.listener->account_id; });
    return found == all_.end() ? nullptr : &*found;
}

bool People::rename(std::string_view id, std::string new_id) {
    const auto found = std::ranges::find(all_, id, &Person::id);
    if (found == all_.end() || new_id.empty() || (new_id != id && find(new_id) != nullptr)) {
        return false;
    }
    found->id = std::move(new_id);
    return true;
}

Favourites::Favourites() {
    for (const Listener& listener : listeners()) {
        for (const TimeRange range : {TimeRange::short_term, TimeRange::medium_term, TimeRange::long_term}) {
            artists_.push_back(top_artists(listener, range));
            tracks_.push_back(top_tracks(listener, range));
        }
    }
}

std::size_t Favourites::place(const Listener& listener, TimeRange range) {
    return static_cast<std::size_t>(&listener - listeners().data()) * ranges +
           static_cast<std::size_t>(range);
}

const std::vector<const Artist*>& Favourites::artists(const Listener& listener, TimeRange range) const {
    return artists_.at(place(listener, range));
}

const std::vector<const Track*>& Favourites::tracks(const Listener& listener, TimeRange range) const {
    return tracks_.at(place(listener, range));
}

} // namespace personalify::simulator
