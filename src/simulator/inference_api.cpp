#include "simulator/inference_api.hpp"

#include "crypto/crypto.hpp"
#include "json/read.hpp"
#include "simulator/answers.hpp"
#include "simulator/state.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace personalify::simulator {
namespace {

namespace bj = boost::json;

struct Label {
    std::string_view name;
    std::string_view words; ///< beginnings of words that tell of it, in lower case
};

/// GoEmotions' labels in its order, neutral apart.
constexpr std::array<Label, 27> labels{
    {{"admiration", "admir beautiful brilliant great amazing star"},
     {"amusement", "amus laugh funny joke haha"},
     {"anger", "anger angry rage hate fight fury cruel"},
     {"annoyance", "annoy noise noisy traffic tired loud"},
     {"approval", "approv yes right agree good"},
     {"caring", "car mother hug warm hold embrace safe"},
     {"confusion", "confus maze puzzl lost"},
     {"curiosity", "curio wonder why who"},
     {"desire", "desir want need longing miss wish"},
     {"disappointment", "disappoint broken promise fail"},
     {"disapproval", "disapprov wrong don't never"},
     {"disgust", "disgust dirty rotten filth"},
     {"embarrassment", "embarrass shy blush awkward"},
     {"excitement", "excit party fire wild fast tonight"},
     {"fear", "fear afraid scare ghost dark"},
     {"gratitude", "gratitude thank grateful"},
     {"grief", "grief grave death mourn gone"},
     {"joy", "joy happy dance dancing glad sun smil sing"},
     {"love", "love heart kiss darling"},
     {"nervousness", "nervous wait trembl anxious"},
     {"optimism", "optimis hope tomorrow dawn rise"},
     {"pride", "prid proud crown win brave"},
     {"realization", "realiz remember memory suddenly"},
     {"relief", "relief calm home rest finally"},
     {"remorse", "remorse sorry regret forgive"},
     {"sadness", "sad cry tear lonely alone rain empty sorrow goodbye farewell"},
     {"surprise", "surpris wow unexpected"}}};
constexpr std::array<std::string_view, 2> models{"SamLowe/roberta-base-go_emotions",
                                                 "joeddav/distilbert-base-uncased-go-emotions-student"};
constexpr std::size_t most_words = 400; ///< about 512 tokens

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        if ((lower >= 'a' && lower <= 'z') || lower == '\'') {
            words.back() += lower;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

/// How many of the words tell of the label.
int hits(const std::vector<std::string>& words, std::string_view beginnings) {
    int count = 0;
    while (!beginnings.empty()) {
        const std::size_t end = std::min(beginnings.find(' '), beginnings.size());
        count += static_cast<int>(std::ranges::count_if(
            words, [&](const std::string& word) { return word.starts_with(beginnings.substr(0, end)); }));
        beginnings.remove_prefix(std::min(end + 1, beginnings.size()));
    }
    return count;
}

/// 0 to 0.02, the same for the same text: no label is ever quite out of the question.
double background(std::string_view text, std::string_view label) {
    std::uint32_t hash = 2'166'136'261U; // FNV-1a
    for (const std::string_view part : {text, label}) {
        for (const char c : part) {
            hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
        }
    }
    return static_cast<double>(hash % 1000) / 50'000;
}

bj::array scores_of(std::string_view text, std::size_t top_k) {
    const std::vector<std::string> words = words_of(text);
    std::vector<std::pair<double, std::string_view>> scores;
    int all_hits = 0;
    for (const Label& label : labels) {
        const int count = hits(words, label.words);
        all_hits += count;
        scores.emplace_back(background(text, label.name) + (1 - std::pow(0.4, count)) * 0.9, label.name);
    }
    scores.emplace_back(0.85 * std::pow(0.5, all_hits) + background(text, "neutral"), "neutral");
    std::ranges::sort(scores, std::greater{});
    scores.resize(std::min(scores.size(), top_k));
    bj::array list;
    for (const auto& [score, name] : scores) {
        list.push_back(bj::object{{"label", name}, {"score", score}});
    }
    return list;
}

std::size_t top_k_of(const bj::object& body) {
    const bj::value* parameters = body.if_contains("parameters");
    const bj::value* top_k = parameters != nullptr && parameters->is_object()
                                 ? parameters->get_object().if_contains("top_k")
                                 : nullptr;
    return top_k != nullptr && top_k->is_int64() && top_k->get_int64() > 0
               ? static_cast<std::size_t>(top_k->get_int64())
               : std::size_t{5};
}

} // namespace

http::Response inference_error(int status, std::string_view message) {
    return json_answer(status, bj::object{{"error", message}});
}

http::Response answer_inference(const State& state, const http::Request& request) {
    const auto token = request.header("Authorization").value_or("");
    if (!crypto::equal_constant_time(token, "Bearer " + state.options.inference_token)) {
        return inference_error(401, "Invalid credentials in Authorization header");
    }
    const std::string_view model = std::string_view{request.path}.substr(inference_path.size());
    if (request.method != "POST" || std::ranges::find(models, model) == models.end()) {
        return inference_error(404, "Not Found");
    }
    const auto body = json::parse(request.body);
    const bj::value* inputs = body && body->is_object() ? body->get_object().if_contains("inputs") : nullptr;
    if (inputs == nullptr || !(inputs->is_string() || inputs->is_array())) {
        return inference_error(422, "`inputs` must be a text or a list of texts");
    }
    const bj::array texts = inputs->is_array() ? inputs->get_array() : bj::array{*inputs};
    bj::array answers;
    for (const bj::value& text : texts) {
        if (!text.is_string()) {
            return inference_error(422, "`inputs` must be a text or a list of texts");
        }
        if (words_of(text.get_string()).size() > most_words) {
            return inference_error(
                400, "The expanded size of the tensor (600) must match the existing size (514) at "
                     "non-singleton dimension 1.");
        }
        answers.push_back(scores_of(text.get_string(), top_k_of(body->get_object())));
    }
    http::Response answer = json_answer(200, answers);
    set_header(answer, "x-compute-type", "cpu");
    return answer;
}

} // namespace personalify::simulator
