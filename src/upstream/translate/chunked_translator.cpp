#include "upstream/translate/chunked_translator.hpp"

#include "core/fan_out.hpp"

#include <algorithm>

namespace personalify::translate {

namespace {

using Translations = std::vector<app::Translation>;

constexpr std::size_t longest_answer = 512 * 1024;

} // namespace

struct ChunkedTranslator::Job {
    Job(const std::vector<std::string>& texts, const ChunkLimits& limits, TimePoint until)
        : plan(texts, limits)
        , chunks(chunks_of(plan.segments(), limits))
        , translated(plan.segments().size())
        , deadline(until) {}

    std::vector<std::string> segments_of(const Chunk& chunk) const {
        const auto begin = plan.segments().begin();
        return {begin + static_cast<std::ptrdiff_t>(chunk.begin),
                begin + static_cast<std::ptrdiff_t>(chunk.end)};
    }

    Plan plan;
    std::vector<Chunk> chunks;
    Translations translated; ///< of each segment
    TimePoint deadline;
};

ChunkedTranslator::ChunkedTranslator(std::string closure_name, ChunkLimits limits,
                                     const TranslateOptions& options, upstream::Send send,
                                     app::UpstreamStateStore& states, const upstream::Timing& timing)
    : limits_(limits)
    , deadline_(options.deadline)
    , in_flight_(options.in_flight)
    , closure_(std::move(closure_name), states, timing.clock, options.report)
    , caller_("Google's translation", std::move(send), closure_, options.in_flight,
              {.one_try = options.try_deadline, .body_bytes = longest_answer}, timing) {}

Task<Result<>> ChunkedTranslator::translate_chunk(std::shared_ptr<Job> job, std::size_t number) {
    const Chunk chunk = job->chunks[number];
    Result<Translations> done = co_await translate(job->segments_of(chunk), job->deadline);
    if (!done) {
        co_return std::unexpected(std::move(done.error()));
    }
    if (done->size() != chunk.end - chunk.begin) {
        co_return fail(Errc::internal, "Internal Server Error", "another number of lines");
    }
    for (std::size_t i = 0; i < done->size(); ++i) {
        app::Translation& translation = (*done)[i];
        translation.text = one_line(std::move(translation.text));
        if (translation.text.empty()) {
            co_return fail(Errc::upstream_unavailable, "Google gave an answer we can't read.",
                           "an empty translation");
        }
        job->translated[chunk.begin + i] = std::move(translation);
    }
    co_return Result<>{};
}

Task<Result<Translations>> ChunkedTranslator::to_english(std::vector<std::string> texts) {
    const auto job = std::make_shared<Job>(texts, limits_, caller_.now() + deadline_);
    Result<> done = co_await fan_out(job->chunks.size(), in_flight_,
                                     [this, job](std::size_t i) { return translate_chunk(job, i); });
    if (!done) {
        co_return std::unexpected(std::move(done.error()));
    }
    co_return job->plan.put_together(job->translated);
}

std::string one_line(std::string text) {
    std::erase(text, '\0'); // which some stores can't hold
    std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    text.resize(text.find_last_not_of(' ') + 1);
    text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
    return text;
}

} // namespace personalify::translate
