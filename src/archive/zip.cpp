#include "archive/zip.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <functional>
#include <new>

namespace personalify::archive {

namespace {

struct FreeWriter {
    void operator()(::archive* writer) const { archive_write_free(writer); }
};
struct FreeEntry {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

/// The library's writer and what it has written that was not sent yet. Used by one thread at a time.
class Writer {
public:
    explicit Writer(TimePoint at)
        : at_(at) {
        check(writer_ ? ARCHIVE_OK : ARCHIVE_FATAL);
        check(archive_write_set_format_zip(writer_.get()));
        check(archive_write_set_bytes_per_block(writer_.get(), 0)); // passed on as they come
        check(archive_write_open(writer_.get(), this, nullptr, take, nullptr));
    }

    void begin_file(const std::string& name) {
        const std::unique_ptr<archive_entry, FreeEntry> entry{archive_entry_new()};
        if (!entry) {
            throw std::bad_alloc{};
        }
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_unset_size(entry.get()); // known at its end
        archive_entry_set_mtime(entry.get(),
                                std::chrono::floor<std::chrono::seconds>(at_).time_since_epoch().count(), 0);
        check(archive_write_header(writer_.get(), entry.get()));
    }
    void append(const std::string& bytes) {
        if (archive_write_data(writer_.get(), bytes.data(), bytes.size()) < 0) {
            check(ARCHIVE_FATAL);
        }
    }
    void finish() { check(archive_write_close(writer_.get())); }
    std::string take_ready() { return std::exchange(ready_, {}); }

private:
    static la_ssize_t take(::archive* /*writer*/, void* self, const void* bytes, std::size_t count) {
        static_cast<Writer*>(self)->ready_.append(static_cast<const char*>(bytes), count);
        return static_cast<la_ssize_t>(count);
    }
    void check(int outcome) const {
        if (outcome < ARCHIVE_WARN) {
            const char* why = writer_ ? archive_error_string(writer_.get()) : nullptr;
            throw std::runtime_error(why != nullptr ? why : "zip writer failed");
        }
    }

    TimePoint at_;
    std::string ready_;
    std::unique_ptr<::archive, FreeWriter> writer_{archive_write_new()};
};

class Zip final : public app::Archive {
public:
    Zip(net::BlockingPool& pool, TimePoint at)
        : pool_(pool)
        , writer_(std::make_shared<Writer>(at)) {}

    Task<Result<std::string>> begin_file(std::string name) override {
        return run([name = std::move(name)](Writer& writer) { writer.begin_file(name); });
    }
    Task<Result<std::string>> append(std::string bytes) override {
        return run([bytes = std::move(bytes)](Writer& writer) { writer.append(bytes); });
    }
    Task<Result<std::string>> finish() override {
        return run([](Writer& writer) { writer.finish(); });
    }

private:
    /// The thread shares the writer: whoever asked may be gone before it gets there.
    Task<Result<std::string>> run(std::function<void(Writer&)> work) {
        return pool_.run([writer = writer_, work = std::move(work)]() -> Result<std::string> {
            try {
                work(*writer);
            } catch (const std::exception& failure) {
                return fail(Errc::internal, "Internal Server Error", failure.what());
            }
            return writer->take_ready();
        });
    }

    net::BlockingPool& pool_;
    std::shared_ptr<Writer> writer_;
};

} // namespace

std::unique_ptr<app::Archive> ZipMaker::start(TimePoint at) {
    return std::make_unique<Zip>(pool_, at);
}

} // namespace personalify::archive
