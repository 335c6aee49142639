#include "simulator/gzip.hpp"

#include <array>
#include <stdexcept>
#include <zlib.h>

namespace personalify::simulator {
namespace {

constexpr int gzip_wrapper = 16 + MAX_WBITS;

class Deflater {
public:
    Deflater() {
        if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_wrapper, 8, Z_DEFAULT_STRATEGY) !=
            Z_OK) {
            throw std::runtime_error("zlib: deflateInit2 failed");
        }
    }
    ~Deflater() { deflateEnd(&stream_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    void add(std::string_view bytes, int flush) {
        std::string input{bytes}; // zlib wants its input writable
        stream_.next_in = reinterpret_cast<Bytef*>(input.data());
        stream_.avail_in = static_cast<uInt>(input.size());
        do {
            std::array<unsigned char, 16 * 1024> block;
            stream_.next_out = block.data();
            stream_.avail_out = static_cast<uInt>(block.size());
            deflate(&stream_, flush);
            out_.append(reinterpret_cast<const char*>(block.data()), block.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
    }
    std::string take() { return std::move(out_); }

private:
    z_stream stream_{};
    std::string out_;
};

} // namespace

std::string gzip(std::string_view bytes) {
    Deflater deflater;
    deflater.add(bytes, Z_FINISH);
    return deflater.take();
}

std::string gzip_bomb(std::size_t mebibytes) {
    const std::string spaces(1024 * 1024, ' ');
    Deflater deflater;
    deflater.add("{\"items\":[", Z_NO_FLUSH);
    for (std::size_t i = 0; i < mebibytes; ++i) {
        deflater.add(spaces, Z_NO_FLUSH);
    }
    deflater.add("]}", Z_FINISH);
    return deflater.take();
}

} // namespace personalify::simulator
