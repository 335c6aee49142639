#include "storage/sqlite/title_readings.hpp"

#include <bit>
#include <cstring>

namespace personalify::storage {

namespace {

constexpr NamedSql find_reading{"title_readings.find",
                                "SELECT probabilities FROM title_readings WHERE engine = ?1 AND title = ?2"};
constexpr NamedSql save_reading{
    "title_readings.save",
    "INSERT INTO title_readings (engine, title, probabilities) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (engine, title) DO UPDATE SET probabilities = excluded.probabilities"};
// Keys only grow while the newest row stays, so the newest `most` are at the end; nothing is counted.
constexpr NamedSql drop_first{"title_readings.drop_first",
                              "DELETE FROM title_readings WHERE reading_id <= "
                              "(SELECT max(reading_id) FROM title_readings) - ?1"};

static_assert(std::endian::native == std::endian::little, "readings are stored as the machine has them");

std::string_view bytes_of(const EmotionProbabilities& probabilities) {
    return {reinterpret_cast<const char*>(probabilities.data()), sizeof probabilities};
}

std::optional<EmotionProbabilities> probabilities_of(const std::string& bytes) {
    EmotionProbabilities probabilities{};
    if (bytes.size() != sizeof probabilities) { // of another set of labels: as good as unread
        return std::nullopt;
    }
    std::memcpy(probabilities.data(), bytes.data(), sizeof probabilities);
    return probabilities;
}

} // namespace

Task<Result<app::TitleReadingStore::Found>> SqliteTitleReadings::find(std::string engine,
                                                                      std::vector<std::string> titles) {
    return database_.read(
        [engine = std::move(engine), titles = std::move(titles)](Connection& connection) -> Result<Found> {
            Found found;
            found.reserve(titles.size());
            for (const std::string& title : titles) {
                Query query = connection.query(find_reading, engine, title);
                found.push_back(query.next() ? probabilities_of(query.bytes(0)) : std::nullopt);
            }
            return found;
        });
}

Task<Result<>> SqliteTitleReadings::save(std::string engine, std::vector<app::TitleReading> readings,
                                         int most) {
    return database_.write([engine = std::move(engine), readings = std::move(readings),
                            most](Connection& connection) -> Result<> {
        for (const app::TitleReading& reading : readings) {
            connection.execute(save_reading, engine, reading.title, Blob{bytes_of(reading.probabilities)});
        }
        connection.execute(drop_first, most);
        return {};
    });
}

} // namespace personalify::storage
