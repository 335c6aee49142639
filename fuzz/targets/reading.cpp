#include "fuzz/target.hpp"
#include "json/utf8.hpp"
#include "upstream/common/cut.hpp"
#include "upstream/huggingface/answer.hpp"
#include "upstream/huggingface/engine.hpp"
#include "upstream/translate/cloud_answer.hpp"
#include "upstream/translate/plan.hpp"
#include "upstream/translate/web_answer.hpp"

#include <algorithm>
#include <charconv>

/// Answers of those who read and translate, and texts on their way to them. The input is a status, an empty
/// line and the body; or all of it a text.
namespace personalify {

namespace {

using fuzz::require;
using upstream::SizeIn;

constexpr TimePoint start{std::chrono::milliseconds{1'795'348'800'000}};

template <class T>
void check_judgement(const upstream::Judgement<T>& judgement) {
    require(!judgement.outcome || (!judgement.retry_after && !judgement.close_until),
            "what is good is taken");
    require(!judgement.close_until || *judgement.close_until > start, "a closure lies ahead");
    require(!judgement.close_until || *judgement.close_until <= start + std::chrono::days{32},
            "a closure ends");
    require(!judgement.retry_after || judgement.retry_after->count() > 0, "a retry waits");
}

void check_emotions(const net::HttpReply& reply) {
    const auto judgement = huggingface::judge(reply, {0, start}, 0.5);
    check_judgement(judgement);
    if (judgement.outcome) {
        require(std::ranges::all_of(*judgement.outcome, [](float p) { return p >= 0 && p <= 1; }),
                "emotions are probabilities");
        require(std::ranges::any_of(*judgement.outcome, [](float p) { return p > 0; }),
                "there is an emotion");
    }
}

void check_translations(const net::HttpReply& reply) {
    const std::vector<std::string> segments{"satu", "dua &amp; tiga"};
    const auto cloud = translate::judge_cloud(reply, {0, start}, segments, 0.5);
    check_judgement(cloud);
    require(!cloud.outcome || cloud.outcome->size() == segments.size(), "a translation a segment");
    for (const auto& web :
         {translate::judge_single(reply, {0, start}, 0.5), translate::judge_page(reply, {0, start}, 0.5)}) {
        check_judgement(web);
        require(!web.outcome || (!web.outcome->text.empty() && json::is_utf8(web.outcome->text)),
                "a translation is text");
    }
}

void check_text(const std::string& text) {
    for (const translate::ChunkLimits& limits :
         {translate::ChunkLimits{}, translate::ChunkLimits{.segments = 2, .size = 12},
          translate::ChunkLimits{.segments = 3, .size = 40, .unit = SizeIn::encoded_bytes, .between = 3}}) {
        const translate::Plan plan{{text, text}, limits};
        std::vector<app::Translation> same;
        for (const std::string& segment : plan.segments()) {
            require(!segment.contains('\n') && !segment.empty(), "a segment is a line");
            require(upstream::size_of(segment, limits.unit) <= limits.size, "a segment fits");
            same.push_back({segment, ""});
        }
        for (const app::Translation& whole : plan.put_together(same)) {
            require(whole.text == text, "what is taken apart comes together");
        }
        std::size_t next = 0;
        for (const translate::Chunk& chunk : chunks_of(plan.segments(), limits)) {
            require(chunk.begin == next && chunk.end > chunk.begin &&
                        chunk.end - chunk.begin <= limits.segments,
                    "chunks hold all segments in order");
            next = chunk.end;
        }
        require(next == plan.segments().size(), "no segment is left out");
    }
    require(huggingface::pieces_of(text).size() <= 4, "pieces are few");
}

} // namespace

} // namespace personalify

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace personalify;
    const std::string input = fuzz::text_of(data, size);
    check_text(input);
    std::string_view rest = input;
    const std::string_view status = fuzz::take_until(rest, '\n');
    net::HttpReply reply;
    std::from_chars(status.data(), status.data() + status.size(), reply.status);
    reply.status = std::clamp(reply.status, 100, 599);
    fuzz::take_until(rest, '\n');
    reply.body = rest;
    check_emotions(reply);
    check_translations(reply);
    return 0;
}
