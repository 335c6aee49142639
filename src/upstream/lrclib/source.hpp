#pragma once

#include "upstream/common/pacer.hpp"
#include "upstream/common/service_caller.hpp"
#include "upstream/lrclib/answer.hpp"
#include "upstream/lrclib/lrclib.hpp"

namespace personalify::lrclib {

/// LRCLIB over whatever sends.
class Source final : public Lrclib {
public:
    /// Throws std::invalid_argument as connect_lrclib does.
    Source(LrclibOptions options, upstream::Send send, app::UpstreamStateStore& states,
           const upstream::Timing& timing);

    std::string name() const override { return "lrclib"; }
    Task<Result<app::FoundLyrics>> find(app::SongQuery song) override;
    Task<void> restore() override { return closure_.restore(); }
    std::optional<std::chrono::seconds> closed_for() const override { return closure_.left(); }

private:
    Task<Result<boost::json::value>> get(std::string path, TimePoint deadline);

    LrclibOptions options_;
    std::string base_;
    upstream::Closure closure_;
    upstream::Pacer pacer_; ///< turns in line
    upstream::Pacer gaps_;  ///< between requests: a slow one, or a second try, makes turns come late
    upstream::ServiceCaller caller_;
};

} // namespace personalify::lrclib
