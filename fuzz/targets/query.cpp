#include "fuzz/target.hpp"
#include "http/message.hpp"
#include "net/form.hpp"

/// Query strings and forms: read, written again and read again.
namespace personalify {

namespace {

using fuzz::require;

void check_percent(const std::string& text) {
    const std::string encoded = http::percent_encode(text);
    require(encoded.find_first_not_of(
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%") == std::string::npos,
            "what is encoded is unreserved");
    const bool has_nul = text.contains('\0');
    for (const bool plus : {false, true}) {
        const auto back = http::percent_decode(encoded, plus);
        require(has_nul ? !back : back == text, "decoding undoes encoding");
        if (const auto decoded = http::percent_decode(text, plus)) {
            require(decoded->size() <= text.size() && !decoded->contains('\0'),
                    "decoding makes no text longer");
        }
    }
}

void check_pairs(const std::string& text) {
    const auto pairs = http::parse_query(text);
    if (!pairs) {
        return;
    }
    require(pairs->size() <= 200, "the pairs are bounded");
    std::string percent;
    net::FormFields fields;
    for (const auto& [name, value] : *pairs) {
        percent +=
            (percent.empty() ? "" : "&") + http::percent_encode(name) + '=' + http::percent_encode(value);
        fields.emplace_back(name, value);
    }
    require(http::parse_query(percent) == pairs, "pairs survive their writing with percent signs");
    require(http::parse_query(net::form_encode(fields)) == pairs, "pairs survive their writing as a form");
}

} // namespace

} // namespace personalify

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = personalify::fuzz::text_of(data, size);
    personalify::check_percent(text);
    personalify::check_pairs(text);
    return 0;
}
