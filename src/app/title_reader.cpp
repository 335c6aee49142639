#include "app/title_reader.hpp"

#include "domain/text.hpp"

#include <algorithm>

namespace personalify::app {

int KnownTitles::known() const {
    return static_cast<int>(std::ranges::count_if(readings, [](const auto& one) { return one.has_value(); }));
}

EmotionSummary KnownTitles::summary() const {
    std::vector<EmotionProbabilities> tracks;
    tracks.reserve(readings.size());
    for (const std::optional<EmotionProbabilities>& reading : readings) {
        tracks.push_back(reading.value_or(EmotionProbabilities{}));
    }
    return summarize_titles(tracks);
}

bool KnownTitles::has_provisional() const {
    return std::ranges::find(provisional, true) != provisional.end();
}

std::vector<std::string> KnownTitles::unread(std::size_t most, const std::set<std::string>& tried) const {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < titles.size() && found.size() < most; ++i) {
        if ((!readings[i] || provisional[i]) && !tried.contains(titles[i]) &&
            std::ranges::find(found, titles[i]) == found.end()) {
            found.push_back(titles[i]);
        }
    }
    return found;
}

Task<Result<KnownTitles>> TitleReader::look_up(std::vector<std::string> titles, int count) {
    titles.resize(std::min(titles.size(), static_cast<std::size_t>(count)));
    std::ranges::transform(titles, titles.begin(), normalize_title);
    KnownTitles known{std::move(titles), {}};
    known.readings.resize(known.titles.size());
    known.provisional.resize(known.titles.size());
    for (const bool provisional : {false, true}) {
        const std::string version = provisional ? provisional_version() : engine_.version();
        Result<TitleReadingStore::Found> found =
            co_await store_.find(version, std::vector<std::string>{known.titles});
        if (!found) {
            co_return std::unexpected(std::move(found.error()));
        }
        for (std::size_t i = 0; i < found->size(); ++i) {
            if (!known.readings[i] && (*found)[i]) {
                known.readings[i] = (*found)[i];
                known.provisional[i] = provisional;
            }
        }
        if (known.complete()) {
            break;
        }
    }
    co_return known;
}

Task<Result<>> TitleReader::read(std::vector<std::string> titles) {
    Result<std::vector<EmotionReading>> read = co_await engine_.read(std::vector<std::string>{titles});
    if (!read) {
        co_return std::unexpected(std::move(read.error()));
    }
    if (read->size() != titles.size()) {
        co_return fail(Errc::internal, "Internal Server Error", "the engine read another number of texts");
    }
    troubles_ = 0;
    rests_until_ = 0;
    std::vector<TitleReading> readings;
    std::vector<TitleReading> provisional;
    for (std::size_t i = 0; i < titles.size(); ++i) {
        ((*read)[i].provisional ? provisional : readings)
            .push_back({std::move(titles[i]), (*read)[i].probabilities});
    }
    Result<> saved;
    if (!readings.empty()) {
        saved = co_await store_.save(engine_.version(), std::move(readings), most_kept);
    }
    if (saved && !provisional.empty()) {
        again_from_ = to_millis(clock_.now() + provisional_for);
        saved = co_await store_.save(provisional_version(), std::move(provisional), most_kept);
    }
    co_return saved;
}

std::string TitleReader::provisional_version() const {
    return engine_.version() + ", provisional";
}

bool TitleReader::may_read_again() const {
    return to_millis(clock_.now()) >= again_from_;
}

void TitleReader::rest() {
    if (is_resting()) { // those who ask meanwhile do not make it longer
        return;
    }
    const int troubles = std::min(troubles_.fetch_add(1), 10);
    const auto time = std::min<std::chrono::minutes>(first_rest * (1 << troubles), longest_rest);
    rests_until_ = to_millis(clock_.now() + time);
}

std::chrono::seconds TitleReader::rests_for() const {
    const std::chrono::milliseconds left{rests_until_ - to_millis(clock_.now())};
    return std::max(std::chrono::ceil<std::chrono::seconds>(left), std::chrono::seconds{0});
}

} // namespace personalify::app
