#include "nlp/word_table.hpp"

#include "nlp/letters.hpp"

#include <fstream>

namespace personalify::nlp {

namespace {

constexpr std::size_t longest_key = 200;
constexpr std::size_t longest_value = 4000;

} // namespace

Result<std::string> read_text_file(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary | std::ios::ate};
    const auto size = in ? static_cast<std::streamoff>(in.tellg()) : -1;
    if (size < 0) {
        return fail(Errc::not_found, "cannot read the file " + file.string());
    }
    std::string text(static_cast<std::size_t>(size), '\0');
    in.seekg(0);
    in.read(text.data(), size);
    if (!in) {
        return fail(Errc::not_found, "cannot read the file " + file.string());
    }
    return text;
}

Result<> WordTable::read(const std::filesystem::path& file) {
    const Result<std::string> text = read_text_file(file);
    if (!text) {
        return std::unexpected(text.error());
    }
    text_.reserve(text_.size() + text->size());
    add_lines(*text);
    text_.shrink_to_fit();
    entries_.shrink_to_fit();
    return {};
}

void WordTable::add_lines(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const std::size_t tab = std::min(line.find('\t'), line.size());
        std::string_view value = line.substr(std::min(tab + 1, line.size()));
        value = value.substr(0, value.find('\t')); // further columns are notes
        if (tab > 0 && tab <= longest_key && value.size() <= longest_value) {
            add(fold(line.substr(0, tab)), value);
        }
    }
}

std::uint32_t WordTable::hash_of(std::string_view key) {
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a: keys are short
    for (const char c : key) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

std::size_t WordTable::slot_of(std::string_view key, std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot].entry != 0 &&
           (slots_[slot].hash != hash || this->key(entries_[slots_[slot].entry - 1]) != key)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

void WordTable::add(std::string_view key, std::string_view value) {
    if ((entries_.size() + 1) * 3 > slots_.size() * 2) {
        grow();
    }
    const Entry entry{.at = static_cast<std::uint32_t>(text_.size()),
                      .key_size = static_cast<std::uint16_t>(key.size()),
                      .value_size = static_cast<std::uint16_t>(value.size())};
    text_.append(key).append(value);
    const std::uint32_t hash = hash_of(key);
    Slot& slot = slots_[slot_of(key, hash)];
    if (slot.entry != 0) {
        entries_[slot.entry - 1] = entry;
        return;
    }
    entries_.push_back(entry);
    slot = {hash, static_cast<std::uint32_t>(entries_.size())};
}

void WordTable::grow() {
    slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), {});
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const std::uint32_t hash = hash_of(key(entries_[i]));
        slots_[slot_of(key(entries_[i]), hash)] = {hash, static_cast<std::uint32_t>(i + 1)};
    }
}

std::optional<std::string_view> WordTable::find(std::string_view key) const {
    if (slots_.empty()) {
        return std::nullopt;
    }
    const std::uint32_t found = slots_[slot_of(key, hash_of(key))].entry;
    return found == 0 ? std::nullopt : std::optional{value(entries_[found - 1])};
}

} // namespace personalify::nlp
