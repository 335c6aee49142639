#include "nlp/memory.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace personalify::nlp {

namespace {

constexpr std::size_t size = 4 * 1024 * 1024;

/// Kilobytes of the mapping that begins there, as the kernel counts them for this process.
long resident(const void* begin) {
    std::ostringstream address;
    address << std::hex << reinterpret_cast<std::uintptr_t>(begin) << '-';
    std::ifstream maps{"/proc/self/smaps"};
    bool ours = false;
    for (std::string line; std::getline(maps, line);) {
        ours = ours || line.starts_with(address.str());
        if (ours && line.starts_with("Rss:")) {
            return std::stol(line.substr(4));
        }
    }
    return -1;
}

char sum(const char* bytes) {
    char total = 0;
    for (std::size_t i = 0; i < size; ++i) {
        total = static_cast<char>(total ^ bytes[i]);
    }
    return total;
}

} // namespace

TEST(Memory, PagesOfAFileLeaveAndComeBack) {
    const personalify::test::TempDir dir;
    const std::filesystem::path file = dir.path() / "weights";
    std::ofstream{file, std::ios::binary} << std::string(size - 1, 'a') << 'b';
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    ::close(descriptor);
    ASSERT_NE(mapped, MAP_FAILED);
    const char before = sum(static_cast<const char*>(mapped));
    EXPECT_GE(resident(mapped), static_cast<long>(size / 1024));

    forget_pages(file);
    EXPECT_EQ(resident(mapped), 0);
    EXPECT_EQ(sum(static_cast<const char*>(mapped)), before);
    ::munmap(mapped, size);

    forget_pages(dir.path() / "not there"); // does nothing
}

TEST(Memory, CodeThatWasForgottenStillRuns) {
    forget_code("libopenvino");
    forget_code("libstdc++");
    forget_code("no such library");
    std::ostringstream text;
    text << std::hex << 255;
    EXPECT_EQ(text.str(), "ff");
}

} // namespace personalify::nlp
