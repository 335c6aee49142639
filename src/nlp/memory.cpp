#include "nlp/memory.hpp"

#include <charconv>
#include <fstream>
#include <link.h>
#include <malloc.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace personalify::nlp {

namespace {

/// The pages wholly inside begin to end. They must be those of a file that nobody has written to through this
/// mapping: they are read from the file again when they are needed, so that failing does no harm.
void forget(std::uintptr_t begin, std::uintptr_t end) {
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    begin = (begin + page - 1) / page * page;
    end = end / page * page;
    if (begin < end) {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader and the kernel name places by numbers
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
    }
}

bool read_address(std::string_view text, std::uintptr_t& address) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), address, 16);
    return problem == std::errc{} && end == text.data() + text.size();
}

int forget_code_of(dl_phdr_info* library, std::size_t, void* argument) {
    const auto wanted = *static_cast<const std::string_view*>(argument);
    const std::string name = std::filesystem::path{library->dlpi_name}.filename();
    if (!name.starts_with(wanted)) {
        return 0;
    }
    for (std::size_t i = 0; i < library->dlpi_phnum; ++i) {
        const auto& segment = library->dlpi_phdr[i];
        // Never what was writable once: the loader has put addresses there.
        if (segment.p_type == PT_LOAD && (segment.p_flags & PF_W) == 0) {
            const std::uintptr_t begin = library->dlpi_addr + segment.p_vaddr;
            forget(begin, begin + segment.p_memsz);
        }
    }
    return 0;
}

} // namespace

void trim_heap() {
    ::malloc_trim(0);
}

void forget_pages(const std::filesystem::path& file) {
    std::error_code problem;
    const std::string path = std::filesystem::canonical(file, problem);
    std::ifstream maps{"/proc/self/maps"};
    // Each line: BEGIN-END PERMISSIONS OFFSET DEVICE INODE   PATH
    for (std::string line; !problem && std::getline(maps, line);) {
        const std::size_t dash = line.find('-');
        const std::size_t space = line.find(' ');
        const bool read_only = line.substr(space + 1, 3) == "r--";
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        if (read_only && line.ends_with(" " + path) && read_address(line.substr(0, dash), begin) &&
            read_address(line.substr(dash + 1, space - dash - 1), end)) {
            forget(begin, end);
        }
    }
}

void forget_code(std::string_view library) {
    ::dl_iterate_phdr(forget_code_of, &library);
}

} // namespace personalify::nlp
