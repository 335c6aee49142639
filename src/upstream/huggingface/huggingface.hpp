#pragma once

#include "app/ports/emotion_engine.hpp"
#include "app/ports/upstream_state.hpp"
#include "core/clock.hpp"
#include "net/http_client.hpp"
#include "upstream/common/closure.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace personalify::huggingface {

/// How the inference router is reached, and how patient we are.
struct HuggingFaceOptions {
    std::string api_key = {}; ///< a token with the permission "Inference Providers"
    std::string model = "SamLowe/roberta-base-go_emotions";      ///< owner/name; of GoEmotions' labels
    std::string inference_url = "https://router.huggingface.co"; ///< before /hf-inference
    std::chrono::milliseconds deadline{8000};                    ///< of a read, however many texts
    std::chrono::milliseconds try_deadline{5000};                ///< of one request
    std::size_t in_flight = 3;                                   ///< of the whole application
    /// ISO 639-1 of a text, or "und", for the readings; null: always "und". Any thread.
    std::function<std::string(std::string_view text)> language = nullptr;
    /// Told of what fails behind the callers' backs ("closed until" that can't be stored). Any thread.
    upstream::Report report = nullptr;
};

/// Reads emotions through Hugging Face. Equal texts that are read at once share a request. Texts of more than
/// 1,200 characters are read in pieces, at most four, and averaged. Safe to use from every shard.
class HuggingFaceEngine : public app::EmotionEngine {
public:
    /// Reads "closed until" from before the restart. Await it before the first call; never fails.
    virtual Task<void> restore() = 0;
};

/// `client`, `states` and `clock` must outlive the result, and the result every call it was asked for.
/// Throws std::invalid_argument for an address that can't be called and for a model that is no owner/name.
std::unique_ptr<HuggingFaceEngine> make_remote_engine(HuggingFaceOptions options, net::HttpClient& client,
                                                      app::UpstreamStateStore& states, const Clock& clock);

} // namespace personalify::huggingface
