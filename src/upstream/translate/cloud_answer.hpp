#pragma once

#include "app/ports/translator.hpp"
#include "net/http_client.hpp"
#include "upstream/common/service_caller.hpp"

#include <string>
#include <vector>

/// What Cloud Translation v2 is asked, and what its answers mean: pure rules.
namespace personalify::translate {

/// The body of a request for these segments, each an entry of `q`.
std::string cloud_request(const std::vector<std::string>& segments);

/// One translation a segment, in order; upstream_unavailable when it is anything else. `segments` are those
/// of the request.
Result<std::vector<app::Translation>> parse_cloud(const net::HttpReply& reply,
                                                  const std::vector<std::string>& segments);

/// What to do after an answer. `jitter` in [0, 1) spreads the retries.
upstream::Judgement<std::vector<app::Translation>> judge_cloud(const net::HttpReply& reply,
                                                               const upstream::Try& attempt,
                                                               const std::vector<std::string>& segments,
                                                               double jitter);

/// The next midnight in California, when Google's daily quotas are new.
TimePoint next_pacific_midnight(TimePoint now);

} // namespace personalify::translate
