#include "http/encoding.hpp"

#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <brotli/encode.h>
#include <zlib.h>

namespace personalify::http {

namespace {

constexpr int gzip_level = 6;
constexpr int brotli_quality = 5;
constexpr std::array names{std::string_view{}, std::string_view{"gzip"}, std::string_view{"br"}};

/// Whether the parameters of a coding say "not at all" ("q=0", "q=0.000").
bool refuses(std::optional<std::string_view> parameters) {
    while (const auto parameter = next_item(parameters, ';')) {
        if (parameter->size() > 2 && to_lower(parameter->front()) == 'q' && (*parameter)[1] == '=') {
            return std::ranges::all_of(parameter->substr(2), [](char c) { return c == '0' || c == '.'; });
        }
    }
    return false;
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, gzip_level, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    std::string in{bytes}; // zlib's interface wants mutable input
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(done ? out.size() - stream.avail_out : 0);
    deflateEnd(&stream);
    return out;
}

std::string brotli(std::string_view bytes) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string out(size, '\0');
    const bool done =
        BrotliEncoderCompress(brotli_quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                              reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE;
    out.resize(done ? size : 0);
    return out;
}

} // namespace

std::string_view to_string(Encoding encoding) {
    return names[static_cast<std::size_t>(encoding)];
}

Encoding negotiate_encoding(std::string_view accept_encoding) {
    Encoding best = Encoding::identity;
    std::optional<std::string_view> rest = accept_encoding;
    while (const auto item = next_item(rest, ',')) {
        std::optional<std::string_view> parts = item;
        const auto name = next_item(parts, ';');
        for (const Encoding encoding : {Encoding::gzip, Encoding::br}) {
            if (name && same_ignoring_case(*name, to_string(encoding)) && !refuses(parts)) {
                best = std::max(best, encoding);
            }
        }
    }
    return best;
}

std::string encode(Encoding encoding, std::string_view bytes) {
    switch (encoding) {
    case Encoding::gzip:
        return gzip(bytes);
    case Encoding::br:
        return brotli(bytes);
    case Encoding::identity:
        break;
    }
    return std::string{bytes};
}

} // namespace personalify::http
