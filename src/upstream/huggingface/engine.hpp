#pragma once

#include "core/single_flight.hpp"
#include "upstream/common/service_caller.hpp"
#include "upstream/huggingface/huggingface.hpp"

#include <memory>
#include <string>
#include <vector>

namespace personalify::huggingface {

/// A text as it is sent: pieces of at most 1,200 characters, at most four.
std::vector<std::string> pieces_of(std::string_view text);

/// The engine over whatever sends.
class Engine final : public HuggingFaceEngine {
public:
    /// Throws std::invalid_argument as make_remote_engine does.
    Engine(HuggingFaceOptions options, upstream::Send send, app::UpstreamStateStore& states,
           const upstream::Timing& timing);

    std::string version() const override { return "huggingface:" + options_.model; }
    Task<Result<std::vector<app::EmotionReading>>> read(std::vector<std::string> texts) override;
    Task<void> restore() override { return closure_.restore(); }

private:
    struct Job;

    Task<Result<EmotionProbabilities>> ask(std::string piece, TimePoint deadline);
    Task<Result<>> read_piece(std::shared_ptr<Job> job, std::size_t number);
    app::EmotionReading reading_of(const std::string& text, EmotionProbabilities probabilities) const;

    HuggingFaceOptions options_;
    std::string url_;
    upstream::Closure closure_;
    upstream::ServiceCaller caller_;
    SingleFlight<EmotionProbabilities> flights_;
};

} // namespace personalify::huggingface
