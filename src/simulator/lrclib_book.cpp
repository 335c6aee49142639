#include "simulator/lrclib_book.hpp"

#include "simulator/catalogue_seed.hpp"
#include "simulator/words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace personalify::simulator {
namespace {

LrcForm form_of(const Track& track, Random& random) {
    const int roll = random.between(0, 99);
    if (is_instrumental(track)) {
        return LrcForm::instrumental;
    }
    return roll < 80   ? LrcForm::both
           : roll < 92 ? LrcForm::plain
           : roll < 97 ? LrcForm::synced
                       : LrcForm::wordless;
}

std::string names_of(const Track& track, bool all) {
    std::string names{track.artists.front()->name};
    for (std::size_t i = 1; all && i < track.artists.size(); ++i) {
        names.append(", ").append(track.artists[i]->name);
    }
    return names;
}

/// Records of one track.
void add_records(const Track& track, std::deque<LrcRecord>& records) {
    constexpr int first_id = 1'000'000;
    constexpr int last_id = 29'999'999;
    Random random(hash_texts("lrclib", track.artists.front()->name, track.name));
    if (random.percent(16)) {
        return;
    }
    LrcRecord record;
    record.id = random.between(first_id, last_id);
    record.track = &track;
    record.artist = names_of(track, random.percent(50));
    record.album = random.percent(4) ? std::string{track.name} + " - Single" : std::string{track.album->name};
    record.duration = std::round(track.duration_ms / 1000.0);
    record.duration += random.percent(4) ? 6 : 0; // another edit
    record.form = form_of(track, random);
    record.is_odd = random.percent(12);
    records.push_back(record);
    if (random.percent(6) && record.form != LrcForm::instrumental) {
        record.id = random.between(first_id, last_id);
        record.album = "Live di Gedung Tua";
        record.duration += 48;
        record.form = LrcForm::plain;
        record.is_another = true;
        records.push_back(record);
    }
}

std::string stamp(double seconds) {
    const auto hundredths = static_cast<int>(std::lround(seconds * 100));
    std::array<char, 32> text{};
    const int size = std::snprintf(text.data(), text.size(), "[%02d:%02d.%02d] ", hundredths / 6'000,
                                   hundredths / 100 % 60, hundredths % 100);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string words_without_headings(const Track& track) {
    const Artist& artist = *track.artists.front();
    return text_of(write_words(artist.name, track.name, artist.scene, track.mood), false);
}

} // namespace

LrcBook::LrcBook() {
    for (const Track& track : catalogue().tracks()) {
        add_records(track, records_);
    }
    std::ranges::sort(records_, {}, &LrcRecord::id);
    for (std::size_t i = 1; i < records_.size(); ++i) {
        records_[i].id = std::max(records_[i].id, records_[i - 1].id + 1); // unique
    }
    for (const LrcRecord& record : records_) {
        if (!record.is_another) {
            by_track_.emplace(record.track->id, &record);
        }
    }
}

const LrcRecord* LrcBook::find(std::int64_t id) const {
    const auto found = std::ranges::lower_bound(records_, id, {}, &LrcRecord::id);
    return found == records_.end() || found->id != id ? nullptr : &*found;
}

const LrcRecord* LrcBook::find_track(std::string_view track_id) const {
    const auto found = by_track_.find(track_id);
    return found == by_track_.end() ? nullptr : found->second;
}

const LrcBook& lrc_book() {
    static const LrcBook book;
    return book;
}

std::string plain_lyrics(const LrcRecord& record) {
    const bool has_any = record.form == LrcForm::both || record.form == LrcForm::plain;
    return has_any ? words_without_headings(*record.track) : std::string{};
}

std::string synced_lyrics(const LrcRecord& record) {
    if (record.form != LrcForm::both && record.form != LrcForm::synced) {
        return {};
    }
    constexpr double intro = 9.4;
    constexpr double outro = 12.0;
    const std::string_view line_end = record.is_odd ? "\r\n" : "\n";
    const auto lines = lines_of(words_without_headings(*record.track));
    std::string text;
    if (record.is_odd) {
        text +=
            "[ar:" + record.artist + "]\r\n[ti:" + std::string{record.track->name} + "]\r\n[offset:+250]\r\n";
    }
    const double step = (record.duration - intro - outro) / static_cast<double>(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        text.append(stamp(intro + step * static_cast<double>(i))).append(lines[i]).append(line_end);
    }
    return text + stamp(record.duration - outro); // the words end, the song goes on
}

} // namespace personalify::simulator
