#include "nlp/reading.hpp"

#include "domain/text.hpp"

#include <algorithm>
#include <cmath>

namespace personalify::nlp {

namespace {

constexpr std::size_t most_characters = 20'000;
constexpr double least = 1e-7; ///< keeps logits of certain probabilities finite

double sigmoid(double logit) {
    return 1 / (1 + std::exp(-logit));
}

double logit_of(double probability) {
    const double inside = std::clamp(probability, least, 1 - least);
    return std::log(inside / (1 - inside));
}

/// The first 20,000 characters; bytes that begin none count with the one before.
std::string_view readable_part(std::string_view text) {
    if (text.size() <= most_characters) {
        return text;
    }
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80 && ++characters > most_characters) {
            return text.substr(0, at);
        }
    }
    return text.substr(0, std::min(text.size(), 4 * most_characters));
}

/// What a text without anything to read says.
app::EmotionReading nothing_said(std::string language) {
    app::EmotionReading reading;
    reading.probabilities[neutral_emotion] = 1;
    reading.language = std::move(language);
    reading.engine = "local";
    return reading;
}

} // namespace

Result<> Reading::read_by(NetworkName network, double share, std::string_view text, LocalModel& model) {
    if (share <= 0) {
        return {};
    }
    Result<std::vector<Piece>> pieces = model.cut(network, text);
    if (!pieces) {
        return std::unexpected(std::move(pieces.error()));
    }
    Way way{.share = share};
    for (Piece& piece : *pieces) {
        way.weight += piece.weight;
        const std::size_t length = padded_length(piece.tokens.size());
        jobs_.push_back({network, length, std::move(piece), ways_.size()});
    }
    ways_.push_back(way);
    return {};
}

Result<Reading> Reading::begin(std::string_view text, const Artefact& artefact, const TextPreparer& preparer,
                               LocalModel& model) {
    Reading reading;
    text = readable_part(text);
    if (is_blank(text)) {
        reading.language_ = "und";
        return reading;
    }
    Prepared prepared = preparer.prepare(text);
    if (prepared.language == "en") {
        prepared.normalised = text; // what the English network has learned from was not normalised either
    }
    reading.language_ = prepared.language;
    const Route& route = artefact.route(prepared.language);
    for (const Result<>& read :
         {reading.read_by(NetworkName::english, route.english, prepared.normalised, model),
          reading.read_by(NetworkName::multilingual, route.multilingual, prepared.normalised, model),
          reading.read_by(NetworkName::english, route.dictionary, prepared.english, model)}) {
        if (!read) {
            return std::unexpected(read.error());
        }
    }
    return reading;
}

void Reading::add(std::size_t index, const EmotionProbabilities& logits) {
    const Job& job = jobs_[index];
    Way& way = ways_[job.way];
    for (std::size_t label = 0; label < emotion_count; ++label) {
        way.sums[label] += sigmoid(double{logits[label]}) * job.piece.weight;
    }
}

app::EmotionReading Reading::finish(const Artefact& artefact) const {
    if (jobs_.empty()) {
        return nothing_said(language_);
    }
    const Calibration* calibration = artefact.calibration(language_);
    app::EmotionReading reading{
        .probabilities = {}, .language = language_, .translated = false, .engine = "local"};
    for (std::size_t label = 0; label < emotion_count; ++label) {
        double logit = 0;
        for (const Way& way : ways_) {
            logit += way.share * logit_of(way.sums[label] / way.weight);
        }
        if (calibration != nullptr) {
            logit = double{calibration->scale[label]} * logit + double{calibration->offset[label]};
        }
        reading.probabilities[label] = static_cast<float>(sigmoid(logit));
    }
    return reading;
}

} // namespace personalify::nlp
