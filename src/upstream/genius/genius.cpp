#include "upstream/genius/genius.hpp"

#include "upstream/genius/pages.hpp"

namespace personalify::genius {

namespace {

class Connected final : public Genius {
public:
    Connected(const GeniusOptions& options, const upstream::Send& send, ParsePage parse,
              app::UpstreamStateStore& states, const upstream::Timing& timing)
        : catalogue_(options, send, states, timing)
        , pages_(options, catalogue_, send, std::move(parse), states, timing) {}

    Task<void> restore() override {
        co_await catalogue_.restore();
        co_await pages_.restore();
    }
    app::SongCatalogue& catalogue() override { return catalogue_; }
    app::LyricsSource& pages() override { return pages_; }
    std::optional<std::chrono::seconds> api_closed_for() const override { return catalogue_.closed_for(); }
    std::optional<std::chrono::seconds> pages_closed_for() const override { return pages_.closed_for(); }

private:
    Catalogue catalogue_;
    Pages pages_;
};

} // namespace

std::unique_ptr<Genius> connect_genius(GeniusOptions options, net::HttpClient& client,
                                       net::BlockingPool& pool, app::UpstreamStateStore& states,
                                       const Clock& clock) {
    const auto parse = [&pool](std::string html) {
        return pool.run([html = std::move(html)] { return read_lyrics_page(html); });
    };
    return std::make_unique<Connected>(
        options, [&client](net::HttpCall call) { return client.send(std::move(call)); }, parse, states,
        upstream::real_timing(clock));
}

} // namespace personalify::genius
