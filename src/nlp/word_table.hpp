#pragma once

#include "core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalify::nlp {

/// A map from lower-case words to short texts, read from `key<TAB>value` lines. All text lies in one block
/// and is found through a flat hash of offsets: a hundred thousand words take a few MB. Reading is
/// thread-safe.
class WordTable {
public:
    struct Entry {
        std::uint32_t at = 0;
        std::uint16_t key_size = 0;
        std::uint16_t value_size = 0;
    };

    WordTable() = default;

    /// Reads a file on top of what is there: a later line replaces an earlier one of the same key. Blank
    /// lines and lines that start with # are skipped, as are lines whose key is empty or too long; a line
    /// without a tab is a key with an empty value. Errors: not_found.
    Result<> read(const std::filesystem::path& file);
    /// The same from a text in memory.
    void add_lines(std::string_view text);

    /// The value of a word in lower case.
    std::optional<std::string_view> find(std::string_view key) const;
    bool contains(std::string_view key) const { return find(key).has_value(); }

    const std::vector<Entry>& entries() const { return entries_; }
    std::string_view key(const Entry& entry) const { return {text_.data() + entry.at, entry.key_size}; }
    std::string_view value(const Entry& entry) const {
        return {text_.data() + entry.at + entry.key_size, entry.value_size};
    }
    std::size_t size() const { return entries_.size(); }

private:
    struct Slot {
        std::uint32_t hash = 0;  ///< so that other keys need no look at their text
        std::uint32_t entry = 0; ///< index into entries_ + 1; 0 for an empty slot
    };
    static std::uint32_t hash_of(std::string_view key);
    std::size_t slot_of(std::string_view key, std::uint32_t hash) const;
    void add(std::string_view key, std::string_view value);
    void grow();

    std::string text_;
    std::vector<Entry> entries_;
    std::vector<Slot> slots_;
};

/// A file as it is. Errors: not_found.
Result<std::string> read_text_file(const std::filesystem::path& file);

} // namespace personalify::nlp
