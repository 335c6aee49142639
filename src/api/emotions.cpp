#include "api/examples.hpp"
#include "api/resources.hpp"

namespace personalify::api {

namespace {

struct AnalysisBody {
    json::Required<UserId> spotify_id;
    TimeRange time_range = TimeRange::short_term;
    bool extended = false; ///< all titles instead of the first ten
};
BOOST_DESCRIBE_STRUCT(AnalysisBody, (), (spotify_id, time_range, extended))

struct NothingToAnalyze {
    std::string error = app::nothing_to_analyze;
};
BOOST_DESCRIBE_STRUCT(NothingToAnalyze, (), (error))

using AnalysisAnswer = std::variant<EmotionAnswer, NothingToAnalyze>;

Task<Result<http::Reply<AnalysisAnswer>>> analyze(app::TitleEmotions& emotions, app::Caller caller,
                                                  AnalysisBody body, std::chrono::milliseconds patience) {
    using Answer = http::Reply<AnalysisAnswer>;
    if (!caller.session) {
        co_return fail(Errc::unauthenticated, app::login_again);
    }
    Result<app::Analysis> analysis = co_await emotions.analyze(std::move(caller), *body.spotify_id,
                                                               body.time_range, body.extended, patience);
    if (!analysis && analysis.error().code == Errc::not_found) {
        co_return Answer{.body = NothingToAnalyze{}};
    }
    if (!analysis) {
        co_return std::unexpected(std::move(analysis.error()));
    }
    if (analysis->emotions) {
        co_return Answer{.body = answer_of(std::move(*analysis->emotions))};
    }
    co_return Answer{.status = 202,
                     .body = EmotionAnswer{.emotion_paragraph = std::string{pending_emotion_paragraph}},
                     .headers = {{"Location", "/api/jobs/" + analysis->job}}};
}

struct LyricsBody {
    json::Required<std::string> lyrics;
};
BOOST_DESCRIBE_STRUCT(LyricsBody, (), (lyrics))

struct LyricsEmotion {
    std::string label; ///< of GoEmotions, in lower case
    double score = 0;
};
BOOST_DESCRIBE_STRUCT(LyricsEmotion, (), (label, score))

/// The five strongest emotions, without neutral; all 27 scores would add up to 1.
struct LyricsAnswer {
    std::vector<LyricsEmotion> emotions;
    std::string language; ///< ISO 639-1, or "und" when the text does not tell
    bool translated = false;
    std::string engine; ///< who read it

    static LyricsAnswer example() {
        return {.emotions =
                    {{"love", 0.31}, {"joy", 0.22}, {"optimism", 0.12}, {"caring", 0.06}, {"desire", 0.05}},
                .language = "id",
                .translated = false,
                .engine = "local"};
    }
};
BOOST_DESCRIBE_STRUCT(LyricsAnswer, (), (emotions, language, translated, engine))

struct NoLyrics {
    std::string error = "Lyrics input cannot be empty.";
};
BOOST_DESCRIBE_STRUCT(NoLyrics, (), (error))

using LyricsReply = std::variant<LyricsAnswer, NoLyrics>;

Task<Result<LyricsReply>> read_lyrics(app::LyricsReader& lyrics, LyricsBody body) {
    Result<app::LyricsEmotions> read = co_await lyrics.read(std::move(body.lyrics.value));
    if (!read && read.error().code == Errc::invalid_argument) {
        co_return LyricsReply{NoLyrics{}};
    }
    if (!read) {
        co_return std::unexpected(std::move(read.error()));
    }
    LyricsAnswer answer{.emotions = {},
                        .language = std::move(read->language),
                        .translated = read->translated,
                        .engine = std::move(read->engine)};
    for (const EmotionScore& emotion : read->emotions) {
        answer.emotions.push_back({std::string{emotion.label}, emotion.score});
    }
    co_return LyricsReply{std::move(answer)};
}

} // namespace

EmotionAnswer answer_of(EmotionSummary summary) {
    return {.emotion_paragraph = std::move(summary.paragraph), .top_emotions = std::move(summary.top)};
}

void add_emotion_routes(Routes& routes, app::TitleEmotions& emotions, app::LyricsReader& lyrics,
                        std::chrono::milliseconds patience) {
    routes
        .post<http::Reply<AnalysisAnswer>>("/analyze-emotions-background",
                                           "Read what the titles of the session's user's top tracks say")
        .tag("Emotions")
        .describe(
            "Of the first ten titles, or of all with `extended`. Waits for the result for a while; asking "
            "again joins the same job. Dashboard and history show the result, too. `emotion_paragraph` is "
            "a sentence with `<b>` around its emotions; `top_emotions` are the three that most titles have "
            "first, with their share of the titles' votes. Without data, and for anybody else's "
            "`spotify_id`, the answer is 200 with `error`. 503 when the titles could not be read.")
        .needs_session()
        .body<AnalysisBody>()
        .answers<EmotionAnswer>(202, "It takes longer: `Location` names the job that goes on")
        .fails_with(Errc::unauthenticated, Errc::upstream_unavailable)
        .handle([&emotions, patience](const app::Caller& caller, AnalysisBody body) {
            return analyze(emotions, caller, std::move(body), patience);
        });

    routes.post<LyricsReply>("/analyze-lyrics", "Read the emotions in a song's words")
        .tag("Emotions")
        .describe(
            "Needs no session. The first 20,000 characters are read. English, Indonesian and Sundanese are "
            "what the model knows; other languages are read as well as may be. A score is an emotion's "
            "share among all emotions, neutral left out: it does not say how strong they are. A blank text "
            "is answered 200 with `error`. Nothing is kept, but what a translator said, if one was chosen.")
        .body<LyricsBody>()
        .limit(Limit::lyrics)
        .fails_with(Errc::overloaded)
        .handle([&lyrics](LyricsBody body) { return read_lyrics(lyrics, std::move(body)); });
}

} // namespace personalify::api
