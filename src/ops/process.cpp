#include "ops/metrics_page.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace personalify::ops {

namespace {

/// The fields of /proc/self/stat after the command, which may hold anything: the first is the third.
struct Stat {
    double cpu_ticks = 0;
    double threads = 0;
    double start_ticks = 0;
    double virtual_bytes = 0;
    double resident_pages = 0;
};

Stat read_stat() {
    std::ifstream file("/proc/self/stat");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
    std::string state;
    fields >> state;
    Stat stat;
    double value = 0;
    for (int number = 4; number <= 24 && fields >> value; ++number) {
        switch (number) {
        case 14:
        case 15:
            stat.cpu_ticks += value;
            break;
        case 20:
            stat.threads = value;
            break;
        case 22:
            stat.start_ticks = value;
            break;
        case 23:
            stat.virtual_bytes = value;
            break;
        case 24:
            stat.resident_pages = value;
            break;
        default:
            break;
        }
    }
    return stat;
}

/// Seconds since the epoch at which the machine came up.
double boot_time() {
    std::ifstream file("/proc/stat");
    for (std::string word; file >> word;) {
        if (word == "btime") {
            double seconds = 0;
            file >> seconds;
            return seconds;
        }
    }
    return 0;
}

double open_descriptors() {
    std::error_code failure;
    double count = 0;
    for (std::filesystem::directory_iterator at("/proc/self/fd", failure), end; !failure && at != end;
         at.increment(failure)) {
        ++count;
    }
    return count - 1; // the folder's own
}

} // namespace

void measure_process(metrics::Sink& sink) {
    static const double ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    static const double page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    static const double booted = boot_time();
    const Stat stat = read_stat();
    sink.family("process_cpu_seconds_total", metrics::Kind::counter, "CPU time of this process.");
    sink.sample({}, stat.cpu_ticks / ticks);
    sink.gauge("process_resident_memory_bytes", "Memory in use.", stat.resident_pages * page);
    sink.gauge("process_virtual_memory_bytes", "Address space in use.", stat.virtual_bytes);
    sink.gauge("process_threads", "Threads.", stat.threads);
    sink.gauge("process_open_fds", "Open file descriptors.", open_descriptors());
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    sink.gauge("process_max_fds", "File descriptors that may be open.", static_cast<double>(files.rlim_cur));
    sink.gauge("process_start_time_seconds", "When this process began, since the epoch.",
               booted + stat.start_ticks / ticks);
}

} // namespace personalify::ops
