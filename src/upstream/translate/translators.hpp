#pragma once

#include "upstream/translate/chunked_translator.hpp"

namespace personalify::translate {

/// Cloud Translation v2. The key travels in a header, so that no address holds it.
class CloudTranslator final : public ChunkedTranslator {
public:
    /// Throws std::invalid_argument as make_translator does.
    CloudTranslator(const TranslateOptions& options, upstream::Send send, app::UpstreamStateStore& states,
                    const upstream::Timing& timing);

    std::string name() const override { return "google"; }

private:
    Task<Result<std::vector<app::Translation>>> translate(std::vector<std::string> segments,
                                                          TimePoint deadline) override;

    std::string url_;
    std::string api_key_;
};

/// The free pages: the answer in JSON, and the page for telephones where that has none. Lines travel
/// together; when they do not come back one for one, each half is asked for on its own.
class WebTranslator final : public ChunkedTranslator {
public:
    /// Throws std::invalid_argument as make_translator does.
    WebTranslator(const TranslateOptions& options, upstream::Send send, app::UpstreamStateStore& states,
                  const upstream::Timing& timing);

    std::string name() const override { return "web"; }

private:
    using Judge = upstream::Judgement<app::Translation> (*)(const net::HttpReply&, const upstream::Try&,
                                                            double jitter);

    Task<Result<std::vector<app::Translation>>> translate(std::vector<std::string> segments,
                                                          TimePoint deadline) override;
    Task<Result<app::Translation>> get(std::string url, Judge judge, TimePoint deadline);
    Task<Result<std::vector<app::Translation>>> from_page(std::vector<std::string> segments,
                                                          TimePoint deadline);

    std::string single_base_;
    std::string page_base_;
};

} // namespace personalify::translate
