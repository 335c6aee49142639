#include "app/lyrics_emotions.hpp"

#include "domain/text.hpp"

namespace personalify::app {

Task<Result<LyricsEmotions>> LyricsReader::read(std::string lyrics) {
    std::vector<std::string> texts{first_characters(lyrics, most_characters)};
    if (is_blank(texts.front())) {
        co_return fail(Errc::invalid_argument, "Lyrics input cannot be empty.");
    }
    Result<std::vector<EmotionReading>> read = co_await engine_.read(std::move(texts));
    if (!read) {
        co_return std::unexpected(std::move(read.error()));
    }
    if (read->size() != 1) {
        co_return fail(Errc::internal, "Internal Server Error", "the engine read another number of texts");
    }
    EmotionReading& reading = read->front();
    co_return LyricsEmotions{.emotions = strongest(reading.probabilities, shown),
                             .language = std::move(reading.language),
                             .translated = reading.translated,
                             .engine = std::move(reading.engine)};
}

} // namespace personalify::app
