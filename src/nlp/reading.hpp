#pragma once

#include "app/ports/emotion_engine.hpp"
#include "nlp/local_model.hpp"
#include "nlp/text_preparer.hpp"

#include <string>
#include <vector>

namespace personalify::nlp {

/// One text on its way through the networks: cut into pieces for each way of reading that its language takes,
/// then put together again.
class Reading {
public:
    /// A piece that waits for its logits.
    struct Job {
        NetworkName network;
        std::size_t length; ///< it is padded to that many tokens
        Piece piece;
        std::size_t way; ///< which way of reading it belongs to
    };

    /// Errors: those of the model's loading.
    static Result<Reading> begin(std::string_view text, const Artefact& artefact,
                                 const TextPreparer& preparer, LocalModel& model);

    const std::vector<Job>& jobs() const { return jobs_; }
    /// Takes what the network said of job `index`.
    void add(std::size_t index, const EmotionProbabilities& logits);
    /// When all jobs are done.
    app::EmotionReading finish(const Artefact& artefact) const;

private:
    struct Way {
        double share = 0;
        double weight = 0; ///< of all pieces
        std::array<double, emotion_count> sums{};
    };

    Result<> read_by(NetworkName network, double share, std::string_view text, LocalModel& model);

    std::string language_;
    std::vector<Job> jobs_;
    std::vector<Way> ways_;
};

} // namespace personalify::nlp
