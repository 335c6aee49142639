#pragma once

#include "json/describe.hpp"
#include "simulator/catalogue.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace personalify::simulator {

/// What a record holds.
enum class LrcForm : std::uint8_t {
    both,   ///< plain and synced lyrics
    plain,  ///< no synced ones
    synced, ///< no plain ones
    instrumental,
    wordless ///< known, but nobody has written its lyrics down
};
BOOST_DESCRIBE_ENUM(LrcForm, both, plain, synced, instrumental, wordless)

/// A record of LRCLIB.
struct LrcRecord {
    std::int64_t id = 0;
    const Track* track = nullptr; ///< never null
    std::string artist;           ///< all of them, or the first: as the one who published it wrote it
    std::string album;
    double duration = 0; ///< seconds
    LrcForm form = LrcForm::both;
    bool is_odd = false;     ///< synced lyrics with id lines and CRLF
    bool is_another = false; ///< of another recording: a live version
};

/// The records of most of the catalogue's tracks; some tracks have two. Immutable.
class LrcBook {
public:
    LrcBook();
    LrcBook(const LrcBook&) = delete;
    LrcBook& operator=(const LrcBook&) = delete;

    const std::deque<LrcRecord>& records() const { return records_; }
    /// Null if there is none.
    const LrcRecord* find(std::int64_t id) const;
    /// The track's own record, not one of another recording; null if there is none.
    const LrcRecord* find_track(std::string_view track_id) const;

private:
    std::deque<LrcRecord> records_; ///< by id
    std::unordered_map<std::string_view, const LrcRecord*> by_track_;
};

/// The one book, built at first use.
const LrcBook& lrc_book();

/// Without headings; "" when the record has none.
std::string plain_lyrics(const LrcRecord& record);
/// In the LRC format; "" when the record has none.
std::string synced_lyrics(const LrcRecord& record);

} // namespace personalify::simulator
