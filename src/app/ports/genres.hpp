#pragma once

#include "core/clock.hpp"
#include "core/error.hpp"
#include "core/ids.hpp"
#include "core/task.hpp"

#include <string>
#include <vector>

namespace personalify::app {

/// Somebody who knows the genres of artists besides Spotify.
class GenreSource {
public:
    virtual ~GenreSource() = default;
    virtual std::string name() const = 0; ///< "lastfm", "musicbrainz"
    /// Tags that people gave the artist, most used first, as they wrote them; [] when it is unknown. Waits
    /// for its turn as the service's rules want. Errors: upstream_unavailable, rate_limited, overloaded.
    virtual Task<Result<std::vector<std::string>>> tags_of(std::string artist) = 0;
};

/// An artist for whom Spotify names no genre.
struct NamelessArtist {
    std::string id;
    std::string name;
};

/// The genres of artists that other sources named. Errors: internal, overloaded.
class GenreStore {
public:
    virtual ~GenreStore() = default;
    /// Listeners' artists without genres that nobody has looked for since `looked_before`, those that most
    /// recently came first; at most `limit`.
    virtual Task<Result<std::vector<NamelessArtist>>> without_genres(TimePoint looked_before, int limit) = 0;
    /// Notes what `source` says of the artist, which may be nothing; whose tops it changes. Genres that
    /// Spotify named meanwhile stay.
    virtual Task<Result<std::vector<UserId>>> save_genres(std::string artist, std::vector<std::string> genres,
                                                          std::string source, TimePoint now) = 0;
    /// Notes that somebody looked at that time, in vain: the artist waits as if it had been then. What is
    /// known stays.
    virtual Task<Result<>> mark_sought(std::string artist, TimePoint at) = 0;
};

} // namespace personalify::app
