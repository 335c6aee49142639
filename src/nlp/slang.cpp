#include "nlp/slang.hpp"

namespace personalify::nlp {

Result<Slang> Slang::load(const std::filesystem::path& folder, const std::filesystem::path& overlay) {
    Slang slang;
    Result<> read = slang.indonesian.read(folder / "slang-indonesian.tsv");
    if (read) {
        read = slang.sundanese.read(folder / "slang-sundanese.tsv");
    }
    if (read && !overlay.empty()) {
        read = slang.indonesian.read(overlay);
    }
    if (!read) {
        return std::unexpected(std::move(read.error()));
    }
    return slang;
}

} // namespace personalify::nlp
