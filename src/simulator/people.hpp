#pragma once

#include "simulator/listeners.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::simulator {

/// A listener under the user name in use now.
struct Person {
    const Listener* listener = nullptr;
    std::string id; ///< as Listener::id until renamed
};

/// Everybody who can sign in. Not synchronized; only user names ever change.
class People {
public:
    People();

    const std::vector<Person>& all() const { return all_; }
    /// Null if there is no such person.
    const Person* find(std::string_view id) const;
    const Person* find_account(std::string_view account_id) const;
    /// The account stays the same. False if `id` is unknown or `new_id` taken or empty.
    bool rename(std::string_view id, std::string new_id);

private:
    std::vector<Person> all_;
};

/// Everybody's favourites, computed once. Immutable.
class Favourites {
public:
    Favourites();

    const std::vector<const Artist*>& artists(const Listener& listener, TimeRange range) const;
    const std::vector<const Track*>& tracks(const Listener& listener, TimeRange range) const;

private:
    static constexpr std::size_t ranges = 3;
    static std::size_t place(const Listener& listener, TimeRange range);

    std::vector<std::vector<const Artist*>> artists_;
    std::vector<std::vector<const Track*>> tracks_;
};

} // namespace personalify::simulator
