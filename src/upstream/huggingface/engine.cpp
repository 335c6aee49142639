#include "upstream/huggingface/engine.hpp"

#include "core/fan_out.hpp"
#include "core/model_name.hpp"
#include "crypto/crypto.hpp"
#include "domain/text.hpp"
#include "upstream/common/cut.hpp"
#include "upstream/huggingface/answer.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

namespace personalify::huggingface {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_piece = 1200; ///< characters; about 300 of the model's 512 tokens in English
constexpr std::size_t most_pieces = 4;
constexpr std::size_t longest_answer = 256 * 1024;
constexpr std::chrono::hours longest_credit_pause{24 * 32};

std::string url_of(const HuggingFaceOptions& options) {
    if (const Result<> usable = net::check_address(options.inference_url); !usable) {
        throw std::invalid_argument("Hugging Face's address: " + usable.error().detail);
    }
    if (!is_model_name(options.model)) {
        throw std::invalid_argument("Hugging Face's model must be owner/name");
    }
    std::string base = options.inference_url;
    while (base.ends_with('/')) {
        base.pop_back();
    }
    return base + "/hf-inference/models/" + options.model;
}

/// A closure is about one key and one model: whoever corrects them does not have to wait.
upstream::ClosureName closure_name(const HuggingFaceOptions& options) {
    return {"huggingface",
            "huggingface-" + crypto::sha256_hex(url_of(options) + '\n' + options.api_key).substr(0, 16)};
}

std::string body_of(const std::string& piece) {
    return boost::json::serialize(boost::json::object{
        {"inputs", piece},
        // Every label, and scores that do not depend on each other whatever the model is set to.
        {"parameters", {{"top_k", emotion_count}, {"function_to_apply", "sigmoid"}}}});
}

} // namespace

std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    while (pieces.size() < most_pieces && !is_blank(text)) {
        const std::size_t cut = upstream::cut_point(text, longest_piece, upstream::SizeIn::code_points);
        if (const std::string_view piece = text.substr(0, cut); !is_blank(piece)) {
            pieces.emplace_back(piece);
        }
        text.remove_prefix(cut);
    }
    return pieces;
}

/// One read: the different pieces of all texts, and who needs which.
struct Engine::Job {
    Job(const std::vector<std::string>& texts, TimePoint until)
        : deadline(until) {
        std::unordered_map<std::string, std::size_t> known;
        for (const std::string& text : texts) {
            std::vector<std::size_t>& needs = needed.emplace_back();
            for (std::string& piece : pieces_of(text)) {
                const auto [at, is_new] = known.try_emplace(piece, pieces.size());
                needs.push_back(at->second);
                if (is_new) {
                    pieces.push_back(std::move(piece));
                }
            }
        }
        read.resize(pieces.size());
    }

    /// Mean over the text's pieces by their length; neutral when there is nothing to read.
    EmotionProbabilities of_text(std::size_t text) const {
        EmotionProbabilities mean{};
        float whole = 0;
        for (const std::size_t piece : needed[text]) {
            whole += static_cast<float>(pieces[piece].size());
        }
        for (const std::size_t piece : needed[text]) {
            const float share = static_cast<float>(pieces[piece].size()) / whole;
            for (std::size_t i = 0; i < emotion_count; ++i) {
                mean[i] += read[piece][i] * share;
            }
        }
        if (needed[text].empty()) {
            mean[neutral_emotion] = 1;
        }
        return mean;
    }

    TimePoint deadline;
    std::vector<std::string> pieces;
    std::vector<std::vector<std::size_t>> needed; ///< pieces of each text
    std::vector<EmotionProbabilities> read;       ///< of each piece
};

Engine::Engine(HuggingFaceOptions options, upstream::Send send, app::UpstreamStateStore& states,
               const upstream::Timing& timing)
    : options_(std::move(options))
    , url_(url_of(options_))
    , closure_(closure_name(options_), states, timing.clock, options_.report, longest_credit_pause)
    , caller_("Hugging Face", std::move(send), closure_, options_.in_flight,
              {.one_try = options_.try_deadline, .body_bytes = longest_answer}, timing) {}

Task<Result<EmotionProbabilities>> Engine::ask(std::string piece, TimePoint deadline) {
    net::HttpCall call{.method = "POST",
                       .url = url_,
                       .headers = {{"Accept", "application/json"},
                                   {"Authorization", "Bearer " + options_.api_key},
                                   {"Content-Type", "application/json"}},
                       .body = body_of(piece)};
    co_return co_await caller_.call<EmotionProbabilities>(
        std::move(call), deadline, [this](const net::HttpReply& reply, const upstream::Try& attempt) {
            return judge(reply, attempt, caller_.jitter());
        });
}

Task<Result<>> Engine::read_piece(std::shared_ptr<Job> job, std::size_t number) {
    const std::string& piece = job->pieces[number];
    const auto patience = std::max<std::chrono::milliseconds>(job->deadline - caller_.now(), 1ms);
    Result<EmotionProbabilities> read = co_await flights_.run(
        piece, patience, [this, piece, deadline = job->deadline] { return ask(piece, deadline); });
    if (!read) {
        co_return std::unexpected(std::move(read.error()));
    }
    job->read[number] = *read;
    co_return Result<>{};
}

app::EmotionReading Engine::reading_of(const std::string& text, EmotionProbabilities probabilities) const {
    return {.probabilities = probabilities,
            .language = options_.language ? options_.language(text) : "und",
            .translated = false,
            .engine = "huggingface"};
}

Task<Result<std::vector<app::EmotionReading>>> Engine::read(std::vector<std::string> texts) {
    const auto job = std::make_shared<Job>(texts, caller_.now() + options_.deadline);
    Result<> done = co_await fan_out(job->pieces.size(), options_.in_flight,
                                     [this, job](std::size_t i) { return read_piece(job, i); });
    if (!done) {
        co_return std::unexpected(std::move(done.error()));
    }
    std::vector<app::EmotionReading> readings;
    readings.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        readings.push_back(reading_of(texts[i], job->of_text(i)));
    }
    co_return readings;
}

std::unique_ptr<HuggingFaceEngine> make_remote_engine(HuggingFaceOptions options, net::HttpClient& client,
                                                      app::UpstreamStateStore& states, const Clock& clock) {
    return std::make_unique<Engine>(
        std::move(options), [&client](net::HttpCall call) { return client.send(std::move(call)); }, states,
        upstream::real_timing(clock));
}

} // namespace personalify::huggingface
