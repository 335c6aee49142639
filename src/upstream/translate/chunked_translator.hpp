#pragma once

#include "upstream/common/service_caller.hpp"
#include "upstream/translate/plan.hpp"
#include "upstream/translate/translate.hpp"

#include <memory>
#include <string>
#include <vector>

namespace personalify::translate {

/// Walks texts through a service that takes a few lines at a time: all chunks, or the first failure.
class ChunkedTranslator : public RemoteTranslator {
public:
    Task<Result<std::vector<app::Translation>>> to_english(std::vector<std::string> texts) override;
    Task<void> restore() override { return closure_.restore(); }

protected:
    /// `closure_name` is the key under which "closed until" is stored.
    ChunkedTranslator(std::string closure_name, ChunkLimits limits, const TranslateOptions& options,
                      upstream::Send send, app::UpstreamStateStore& states, const upstream::Timing& timing);

    /// One translation a segment, in order. Called for several chunks at once.
    virtual Task<Result<std::vector<app::Translation>>> translate(std::vector<std::string> segments,
                                                                  TimePoint deadline) = 0;

    upstream::ServiceCaller& caller() { return caller_; }

private:
    struct Job;
    Task<Result<>> translate_chunk(std::shared_ptr<Job> job, std::size_t number);

    ChunkLimits limits_;
    std::chrono::milliseconds deadline_;
    std::size_t in_flight_;
    upstream::Closure closure_;
    upstream::ServiceCaller caller_;
};

/// A translated line as it takes the place of a line: without line breaks, and without space around it.
std::string one_line(std::string text);

} // namespace personalify::translate
