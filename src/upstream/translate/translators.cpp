#include "upstream/translate/translators.hpp"

#include "crypto/crypto.hpp"
#include "upstream/translate/cloud_answer.hpp"
#include "upstream/translate/web_answer.hpp"

#include <algorithm>
#include <stdexcept>

namespace personalify::translate {

namespace {

using app::Translation;
using Translations = std::vector<Translation>;

constexpr ChunkLimits cloud_limits{.segments = 128, .size = 4500};
/// Texts travel in the address, of which about 8,000 bytes are taken; a line break is three of them.
constexpr ChunkLimits web_limits{
    .segments = 64, .size = 4500, .unit = upstream::SizeIn::encoded_bytes, .between = 3};
constexpr std::size_t most_page_calls = 8; ///< a chunk; the page takes one line each

std::string base_of(std::string url, const char* name) {
    if (const Result<> usable = net::check_address(url); !usable) {
        throw std::invalid_argument(std::string{name} + ": " + usable.error().detail);
    }
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

/// A closure is about one key: whoever corrects it does not have to wait.
std::string cloud_closure(const TranslateOptions& options) {
    return "translate-google-" + crypto::sha256_hex(options.cloud_url + '\n' + options.api_key).substr(0, 16);
}

std::string joined(const std::vector<std::string>& segments, const Chunk& chunk) {
    std::string text;
    for (std::size_t i = chunk.begin; i < chunk.end; ++i) {
        text.append(i == chunk.begin ? "" : "\n").append(segments[i]);
    }
    return text;
}

/// Puts the lines into the places of the chunk; false when they are not as many, or one is empty.
bool put_lines(Translations& into, const Chunk& chunk, const Translation& answer) {
    if (chunk.end - chunk.begin == 1) {
        into[chunk.begin] = answer;
        return true;
    }
    std::string_view rest = answer.text;
    for (std::size_t i = chunk.begin; i < chunk.end; ++i) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const bool is_last = end == rest.size();
        std::string line = one_line(std::string{rest.substr(0, end)});
        if (line.empty() || is_last != (i + 1 == chunk.end)) {
            return false;
        }
        into[i] = {std::move(line), answer.source_language};
        rest.remove_prefix(is_last ? end : end + 1);
    }
    return true;
}

} // namespace

CloudTranslator::CloudTranslator(const TranslateOptions& options, upstream::Send send,
                                 app::UpstreamStateStore& states, const upstream::Timing& timing)
    : ChunkedTranslator(cloud_closure(options), cloud_limits, options, std::move(send), states, timing)
    , url_(base_of(options.cloud_url, "Google's translation address") + "/language/translate/v2")
    , api_key_(options.api_key) {}

Task<Result<Translations>> CloudTranslator::translate(std::vector<std::string> segments, TimePoint deadline) {
    net::HttpCall call{.method = "POST",
                       .url = url_,
                       .headers = {{"Accept", "application/json"},
                                   {"Content-Type", "application/json"},
                                   {"X-Goog-Api-Key", api_key_}},
                       .body = cloud_request(segments)};
    co_return co_await caller().call<Translations>(
        std::move(call), deadline,
        [this, segments = std::move(segments)](const net::HttpReply& reply, const upstream::Try& attempt) {
            return judge_cloud(reply, attempt, segments, caller().jitter());
        });
}

WebTranslator::WebTranslator(const TranslateOptions& options, upstream::Send send,
                             app::UpstreamStateStore& states, const upstream::Timing& timing)
    : ChunkedTranslator("translate-web", web_limits, options, std::move(send), states, timing)
    , single_base_(base_of(options.web_url, "Google's translation page"))
    // Google's two pages live on two hosts; another service has both on its own.
    , page_base_(single_base_ == TranslateOptions{}.web_url ? "https://translate.google.com" : single_base_) {
}

Task<Result<Translation>> WebTranslator::get(std::string url, Judge judge, TimePoint deadline) {
    net::HttpCall call{.method = "GET", .url = std::move(url), .headers = {}, .body = {}};
    co_return co_await caller().call<Translation>(
        std::move(call), deadline, [this, judge](const net::HttpReply& reply, const upstream::Try& attempt) {
            return judge(reply, attempt, caller().jitter());
        });
}

Task<Result<Translations>> WebTranslator::from_page(std::vector<std::string> segments, TimePoint deadline) {
    if (segments.size() > most_page_calls) {
        co_return fail(Errc::upstream_unavailable, "Google gave an answer we can't read.",
                       "too many lines for the page");
    }
    Translations translations;
    for (const std::string& segment : segments) {
        Result<Translation> line = co_await get(page_url(page_base_, segment), &judge_page, deadline);
        if (!line) {
            co_return std::unexpected(std::move(line.error()));
        }
        translations.push_back(*std::move(line));
    }
    co_return translations;
}

Task<Result<Translations>> WebTranslator::translate(std::vector<std::string> segments, TimePoint deadline) {
    Translations translations(segments.size());
    std::vector<Chunk> open{{0, segments.size()}};
    while (!open.empty()) {
        const Chunk chunk = open.back();
        open.pop_back();
        const Result<Translation> answer =
            co_await get(single_url(single_base_, joined(segments, chunk)), &judge_single, deadline);
        if (!answer && answer.error().code == Errc::not_found) {
            co_return co_await from_page(std::move(segments), deadline);
        }
        if (!answer) {
            co_return std::unexpected(answer.error());
        }
        if (!put_lines(translations, chunk, *answer)) {
            const std::size_t middle = chunk.begin + (chunk.end - chunk.begin) / 2;
            open.push_back({middle, chunk.end});
            open.push_back({chunk.begin, middle});
        }
    }
    co_return translations;
}

std::unique_ptr<RemoteTranslator> make_translator(TranslateOptions options, net::HttpClient& client,
                                                  app::UpstreamStateStore& states, const Clock& clock) {
    const upstream::Send send = [&client](net::HttpCall call) { return client.send(std::move(call)); };
    const upstream::Timing timing = upstream::real_timing(clock);
    switch (options.service) {
    case Service::none:
        return nullptr;
    case Service::cloud:
        return std::make_unique<CloudTranslator>(options, send, states, timing);
    case Service::web:
        return std::make_unique<WebTranslator>(options, send, states, timing);
    }
    return nullptr;
}

} // namespace personalify::translate
