#include "unit/allocations/counting_new.hpp"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace personalify::test {

namespace {

thread_local std::atomic<std::uint64_t>* counter_of_this_thread = nullptr;

void* allocate(std::size_t size, std::size_t alignment = alignof(std::max_align_t)) {
    if (counter_of_this_thread != nullptr) {
        ++*counter_of_this_thread;
    }
    const std::size_t rounded = (size + alignment - 1) / alignment * alignment;
    void* memory = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
    if (memory == nullptr) {
        throw std::bad_alloc{};
    }
    return memory;
}

} // namespace

void count_allocations(std::atomic<std::uint64_t>* counter) {
    counter_of_this_thread = counter;
}

} // namespace personalify::test

void* operator new(std::size_t size) {
    return personalify::test::allocate(size);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
    return personalify::test::allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    std::free(memory);
}
