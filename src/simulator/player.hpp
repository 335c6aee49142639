#pragma once

#include "core/clock.hpp"
#include "simulator/programme.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace personalify::simulator {

/// A track that was played to its end.
struct Play {
    TimePoint played_at{}; ///< its end
    Item item;
};

/// What one listener plays, moved on by looking: no timer runs. Every question and order needs an `advance`
/// to the present first. Not synchronized.
class Player {
public:
    static constexpr std::size_t max_plays = 50;
    static constexpr std::size_t max_queue = 20;

    /// The programme, which lives longer, began at `began`, with as many plays before as Spotify remembers.
    Player(const Programme& programme, TimePoint began);

    /// Lets everything end that has ended by then.
    void advance(TimePoint now);

    const Item& item() const { return item_; }
    bool plays_nothing() const { return item_.kind == ItemKind::nothing; }
    bool is_playing() const { return !plays_nothing() && !is_paused_; }
    /// Into the item; 0 when nothing plays.
    std::chrono::milliseconds position(TimePoint now) const;
    /// When something last began, paused, went on or was sought.
    TimePoint changed_at() const { return changed_at_; }
    /// Newest first, by their ends; at most max_plays.
    const std::deque<Play>& plays() const { return plays_; }
    /// The tracks and episodes that come next, at most max_queue. Empty for the newcomer.
    std::vector<Item> queue() const;
    const Programme& programme() const { return *programme_; }

    /// Plays that item now; when it ends the programme goes on.
    void play(const Item& item, std::chrono::milliseconds position, TimePoint now);
    /// The next track of the programme, which is then the one that the programme goes on after; a null track
    /// for the newcomer.
    Item take_next_track();
    void pause(TimePoint now);
    void resume(TimePoint now);
    /// To the programme's next item.
    void skip(TimePoint now);
    /// To the programme's item before this one, or the one that an item outside of the programme interrupted.
    void previous(TimePoint now);
    void seek(std::chrono::milliseconds position, TimePoint now);
    void stop(TimePoint now);

    /// Adds to the plays, wherever its time belongs.
    void remember(Play play);
    void forget_plays() { plays_.clear(); }

    bool is_private = false;     ///< nothing is recorded
    bool hides_progress = false; ///< as some devices do

private:
    void begin(const Item& item, TimePoint at);
    std::size_t after(std::size_t index) const { return (index + 1) % programme_->items.size(); }
    std::size_t before(std::size_t index) const {
        return (index + programme_->items.size() - 1) % programme_->items.size();
    }

    const Programme* programme_;
    std::size_t index_ = 0; ///< of the programme's item that plays or was interrupted
    bool is_guest_ = false; ///< the item is not the one at index_
    bool is_paused_ = false;
    Item item_;
    TimePoint began_{}; ///< when the item would have begun, had it played without a break
    std::chrono::milliseconds paused_at_{0};
    TimePoint changed_at_{};
    std::deque<Play> plays_;
};

/// Everybody's player at the start of the simulator: in the middle of the first track if `began` is not
/// given, else wherever programmes that began then have come to by now. One is paused.
std::vector<Player> make_players(const std::vector<Programme>& programmes, std::optional<TimePoint> began,
                                 TimePoint now);

} // namespace personalify::simulator
