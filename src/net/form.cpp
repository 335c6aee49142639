#include "net/form.hpp"

namespace personalify::net {

namespace {

void append_encoded(std::string& out, std::string_view text) {
    constexpr std::string_view unreserved = "-._~";
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            unreserved.find(c) != std::string_view::npos) {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
}

} // namespace

std::string form_encode(const FormFields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) {
            out += '&';
        }
        append_encoded(out, name);
        out += '=';
        append_encoded(out, value);
    }
    return out;
}

} // namespace personalify::net
