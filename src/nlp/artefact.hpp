#pragma once

#include "core/error.hpp"
#include "domain/emotions.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace personalify::nlp {

/// How much each way of reading counts for texts in a language. The sum is 1.
struct Route {
    double english = 0;      ///< the English network on the text itself
    double multilingual = 0; ///< the multilingual network on the text itself
    double dictionary = 0;   ///< the English network on the text word by word in English
};

/// What is done to logits before they become probabilities: scale * logit + offset.
struct Calibration {
    std::array<float, emotion_count> scale{};
    std::array<float, emotion_count> offset{};
};

/// Where a network's parts lie.
struct NetworkFiles {
    std::filesystem::path graph;      ///< OpenVINO's .xml; the .bin lies beside it
    std::filesystem::path vocabulary; ///< see vocabulary.hpp
};

/// The description of a model (model.json) and the folder it stands in.
struct Artefact {
    std::filesystem::path folder;
    std::string version;
    EmotionProbabilities thresholds{};                       ///< a label applies from this probability on
    std::map<std::string, std::string, std::less<>> digests; ///< file name -> SHA-256, hexadecimal
    std::optional<NetworkFiles> english;
    std::optional<NetworkFiles> multilingual;
    std::map<std::string, Route, std::less<>> routes; ///< by language; "*" for all others
    std::map<std::string, Calibration, std::less<>> calibrations;

    /// The language's own route, or that of all others.
    const Route& route(std::string_view language) const;
    /// Null when the language needs none.
    const Calibration* calibration(std::string_view language) const;
};

/// Reads `folder`/model.json. Errors: upstream_unavailable when it is not there or can't be used; the cause
/// names the file and what is wrong.
Result<Artefact> read_artefact(const std::filesystem::path& folder);

} // namespace personalify::nlp
