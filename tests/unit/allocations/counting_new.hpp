#pragma once

#include <atomic>
#include <cstdint>

namespace personalify::test {

/// Counts what the thread that calls it allocates from now on into `counter`; nullptr ends it.
void count_allocations(std::atomic<std::uint64_t>* counter);

} // namespace personalify::test
