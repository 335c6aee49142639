#pragma once

#include "app/ports/archives.hpp"
#include "net/blocking_pool.hpp"

namespace personalify::archive {

/// Zip files, compressed piece by piece on a thread of its own: memory holds one piece of each archive.
class ZipMaker final : public app::ArchiveMaker {
public:
    std::unique_ptr<app::Archive> start(TimePoint at) override;

private:
    static constexpr std::size_t most_waiting = 32; ///< pieces
    net::BlockingPool pool_{"zip", 1, most_waiting};
};

} // namespace personalify::archive
