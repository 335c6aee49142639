#pragma once

#include "domain/emotions.hpp"
#include "net/http_client.hpp"
#include "upstream/common/service_caller.hpp"

#include <string>

/// What the inference service's answers mean: pure rules.
namespace personalify::huggingface {

/// The probabilities in an answer of any known shape: [[{label, score}]], [{...}], {...}, {"emotions":[...]}.
/// Labels in any case or as LABEL_n; of a repeated one the highest score. Unknown labels and scores that are
/// no number from 0 to 1 are dropped. upstream_unavailable when nothing above 0 is left.
Result<EmotionProbabilities> parse_emotions(const net::HttpReply& reply);

/// What to do after an answer. `jitter` in [0, 1) spreads the retries.
upstream::Judgement<EmotionProbabilities> judge(const net::HttpReply& reply, const upstream::Try& attempt,
                                                double jitter);

/// When the month after that time begins, UTC: monthly credits are new then.
TimePoint next_month(TimePoint now);

} // namespace personalify::huggingface
