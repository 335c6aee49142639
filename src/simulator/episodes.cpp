#include "simulator/episodes.hpp"

#include "simulator/catalogue_seed.hpp"

#include <array>

namespace personalify::simulator {
namespace {

Show show(std::string_view name, std::string_view publisher, std::string_view language,
          std::string_view description) {
    return {.id = make_id("show", publisher, name),
            .name = name,
            .publisher = publisher,
            .description = description,
            .language = language};
}

Episode episode(std::size_t of, std::string_view name, std::string_view release_date, int minutes,
                std::string_view description) {
    const Show& parent = shows()[of];
    // No episode ends on the full minute.
    const int milliseconds = static_cast<int>(hash_texts(parent.name, name) % 60'000U);
    return {.id = make_id("episode", parent.name, name),
            .name = name,
            .description = description,
            .show = &parent,
            .duration_ms = minutes * 60'000 + milliseconds,
            .release_date = release_date};
}

} // namespace

std::span<const Show> shows() {
    static const std::array all{
        show("Obrolan Teras Belakang", "Teras Belakang Media", "id",
             "Two neighbours, one thermos of coffee and a record they can't agree on."),
        show("Carita Peuting", "Radio Saung Awi", "su",
             "Old stories, told slowly, for those who can't sleep."),
        show("The Quiet Channel", "Low Tide Audio", "en", "Conversations with people who make soft music."),
    };
    return all;
}

std::span<const Episode> episodes() {
    static const std::array all{
        episode(0, "Kaset yang Tertinggal di Angkot", "2026-02-11", 31, "On music that was lost and found."),
        episode(0, "Siapa Takut Lagu Sedih", "2026-04-22", 27, "Why nobody skips the sad ones."),
        episode(0, "Panggung Tujuh Belasan", "2025-08-15", 38, "Village stages, and who sang on them."),
        episode(1, "Sasakala Leuwi Kuning", "2025-11-03", 24, "How a bend of the river got its name."),
        episode(1, "Hujan di Pasir Jati", "2026-01-19", 22, "A tale for the rainy months."),
        episode(2, "A Whisper Is Enough", "2026-03-06", 44, "A singer on recording after midnight."),
        episode(2, "Tape Hiss & Other Weather", "2025-12-12", 36, "Noise as an instrument."),
    };
    return all;
}

} // namespace personalify::simulator
