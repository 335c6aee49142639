#include "fuzz/target.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

namespace {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

/// The bytes in memory of exactly their size, as libFuzzer gives them: reading past the end is seen.
void replay(const std::filesystem::path& file) {
    std::cerr << file.filename().string() << '\n'; // the last one named is the one that failed
    std::ifstream in(file, std::ios::binary);
    std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>{in}, {}};
    bytes.shrink_to_fit();
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

} // namespace

/// replay_NAME FOLDER: runs every file of the corpus once, and the empty input.
int main(int count, char** arguments) try {
    if (count != 2) {
        std::cerr << "usage: replay FOLDER\n";
        return 2;
    }
    const auto files = files_of(arguments[1]);
    if (files.empty()) {
        std::cerr << "no file in " << arguments[1] << '\n';
        return 1;
    }
    LLVMFuzzerTestOneInput(nullptr, 0);
    std::ranges::for_each(files, replay);
    std::cout << files.size() << " inputs hold\n";
    return 0;
} catch (const std::exception& failure) {
    std::cerr << "failed: " << failure.what() << '\n';
    return 1;
}
