#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// What every fuzz target has: one entry that must hold its promises for any bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace personalify::fuzz {

/// Says which promise was broken and ends the program: the fuzzer then keeps the input.
inline void require(bool holds, std::string_view promise) {
    if (!holds) {
        std::fprintf(stderr, "broken promise: %.*s\n", static_cast<int>(promise.size()), promise.data());
        std::abort();
    }
}

/// The input as text. A copy of exactly its size: reading past its end is seen.
inline std::string text_of(const std::uint8_t* data, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        text += static_cast<char>(data[i]);
    }
    return text;
}

/// Takes the text up to the separator off the front; all of it when there is none.
inline std::string_view take_until(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view taken = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    return taken;
}

} // namespace personalify::fuzz
