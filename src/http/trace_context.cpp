#include "http/trace_context.hpp"

#include <algorithm>

namespace personalify::http {

namespace {

bool is_hex(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_zero(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c == '0'; });
}

} // namespace

std::string_view trace_id_of(std::string_view traceparent) {
    constexpr std::size_t length = 55; // 00-<32>-<16>-<2>
    if (traceparent.size() < length || traceparent[2] != '-' || traceparent[35] != '-' ||
        traceparent[52] != '-') {
        return {};
    }
    const std::string_view version = traceparent.substr(0, 2);
    const std::string_view trace = traceparent.substr(3, 32);
    const std::string_view parent = traceparent.substr(36, 16);
    const bool ends_well = traceparent.size() == length || (version != "00" && traceparent[length] == '-');
    const bool well_formed = is_hex(version) && is_hex(trace) && is_hex(parent) &&
                             is_hex(traceparent.substr(53, 2)) && version != "ff";
    return well_formed && ends_well && !is_zero(trace) && !is_zero(parent) ? trace : std::string_view{};
}

} // namespace personalify::http
