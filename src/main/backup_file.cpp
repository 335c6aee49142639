#include "main/backup_file.hpp"

#include "crypto/crypto.hpp"
#include "crypto/hasher.hpp"
#include "json/read.hpp"
#include "json/write.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace personalify {

namespace {

constexpr std::string_view magic = "PSNLFYBK";
constexpr std::uint32_t format_version = 1;
constexpr std::size_t frame_size = 16; ///< magic, version, length of the header
constexpr std::size_t longest_header = 64 * 1024;
constexpr std::size_t digest_size = std::tuple_size_v<crypto::Digest>;
constexpr std::size_t piece = 256 * 1024;

void put(std::string& out, std::uint32_t number) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        out.push_back(static_cast<char>(number >> shift & 0xffU));
    }
}

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    std::uint32_t number = 0;
    for (std::size_t i = 4; i-- > 0;) {
        number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
    }
    return number;
}

std::string_view bytes_of(const crypto::Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::unexpected<Error> bad(const std::filesystem::path& file, std::string_view why) {
    return fail(Errc::conflict, file.string() + " " + std::string{why} + ".");
}

/// Up to `count` bytes; fewer at the end of the file.
std::string read_some(std::istream& in, std::size_t count) {
    std::string bytes(count, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(count));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

/// Hands `count` bytes to `take`, piece by piece; false when there are fewer.
template <class Take>
Result<bool> read_pieces(std::istream& in, std::int64_t count, Take take) {
    while (count > 0) {
        const std::string bytes =
            read_some(in, std::min<std::size_t>(piece, static_cast<std::size_t>(count)));
        if (bytes.empty()) {
            return false;
        }
        if (Result<> taken = take(bytes); !taken) {
            return std::unexpected(std::move(taken.error()));
        }
        count -= static_cast<std::int64_t>(bytes.size());
    }
    return true;
}

/// The frame and the header, as they stand in the file.
struct Beginning {
    std::string bytes;
    BackupHeader header;
};

Result<Beginning> read_beginning(std::istream& in, const std::filesystem::path& file) {
    Beginning beginning{.bytes = read_some(in, frame_size), .header = {}};
    if (!beginning.bytes.starts_with(magic)) {
        return bad(file, "is not a backup of Personalify");
    }
    if (beginning.bytes.size() < frame_size) {
        return bad(file, "is truncated");
    }
    const std::uint32_t version = number_at(beginning.bytes, magic.size());
    if (version != format_version) {
        return bad(file, "has format " + std::to_string(version) + ", which this version does not know");
    }
    const std::size_t length = number_at(beginning.bytes, magic.size() + 4);
    if (length > longest_header) {
        return bad(file, "is corrupted (its header cannot be read)");
    }
    const std::string text = read_some(in, length);
    if (text.size() < length) {
        return bad(file, "is truncated");
    }
    Result<BackupHeader> header = json::read<BackupHeader>(text);
    if (!header || header->database_bytes < 0) {
        return bad(file, "is corrupted (its header cannot be read)");
    }
    beginning.bytes += text;
    beginning.header = std::move(*header);
    return beginning;
}

} // namespace

std::string key_id_of(const std::string& key) {
    return key.empty() ? "" : crypto::sha256_hex("the key of a personalify backup " + key).substr(0, 16);
}

Result<> write_backup(FreshFile& out, const BackupHeader& header, const std::filesystem::path& database,
                      Counted& progress) {
    const std::string text = json::write(header);
    std::string beginning{magic};
    put(beginning, format_version);
    put(beginning, static_cast<std::uint32_t>(text.size()));
    beginning += text;
    crypto::Hasher hasher;
    const auto write = [&](std::string_view bytes) -> Result<> {
        hasher.add(bytes);
        progress.done += static_cast<std::int64_t>(bytes.size());
        return out.write(bytes);
    };
    if (Result<> written = write(beginning); !written) {
        return written;
    }
    std::ifstream in(database, std::ios::binary);
    const Result<bool> copied = read_pieces(in, header.database_bytes, write);
    if (!copied) {
        return std::unexpected(copied.error());
    }
    if (!*copied) {
        return fail(Errc::internal, "cannot read " + database.string());
    }
    return out.write(bytes_of(hasher.finish()));
}

Result<BackupHeader> check_backup(const std::filesystem::path& file, Counted& progress) {
    std::ifstream in(file, std::ios::binary);
    std::error_code unknown;
    if (!in || std::filesystem::is_directory(file, unknown)) {
        return fail(Errc::not_found, "cannot read " + file.string());
    }
    Result<Beginning> beginning = read_beginning(in, file);
    if (!beginning) {
        return std::unexpected(std::move(beginning.error()));
    }
    const std::int64_t rest = beginning->header.database_bytes;
    const auto expected = static_cast<std::uintmax_t>(rest) + beginning->bytes.size() + digest_size;
    const std::uintmax_t size = std::filesystem::file_size(file, unknown);
    if (size < expected) {
        return bad(file, "is truncated: " + std::to_string(size) + " of " + std::to_string(expected) +
                             " bytes are there");
    }
    progress.all = rest;
    crypto::Hasher hasher;
    hasher.add(beginning->bytes);
    const Result<bool> whole = read_pieces(in, rest, [&](const std::string& bytes) -> Result<> {
        hasher.add(bytes);
        progress.done += static_cast<std::int64_t>(bytes.size());
        return {};
    });
    const std::string digest = read_some(in, digest_size);
    if (size > expected || !whole || !*whole || digest != bytes_of(hasher.finish())) {
        return bad(file, "is corrupted: its checksum does not fit");
    }
    return std::move(beginning->header);
}

Result<> extract_database(const std::filesystem::path& file, const BackupHeader& header, FreshFile& out) {
    std::ifstream in(file, std::ios::binary);
    const Result<Beginning> beginning = read_beginning(in, file);
    if (!beginning) {
        return std::unexpected(beginning.error());
    }
    const Result<bool> whole =
        read_pieces(in, header.database_bytes, [&](const std::string& bytes) { return out.write(bytes); });
    if (!whole) {
        return std::unexpected(whole.error());
    }
    return *whole ? Result<>{} : Result<>{bad(file, "is truncated")};
}

} // namespace personalify
