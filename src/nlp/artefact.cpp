#include "nlp/artefact.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <cmath>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace personalify::nlp {

namespace json = boost::json;

namespace {

constexpr double route_tolerance = 0.001;

/// One number for each label.
std::array<float, emotion_count> numbers(const json::value& from, const char* name) {
    const json::array& list = from.as_array();
    if (list.size() != emotion_count) {
        throw std::runtime_error(std::string{name} + " does not name " + std::to_string(emotion_count) +
                                 " numbers");
    }
    std::array<float, emotion_count> to{};
    for (std::size_t i = 0; i < emotion_count; ++i) {
        to[i] = list[i].to_number<float>();
        if (!std::isfinite(to[i])) {
            throw std::runtime_error(std::string{name} + " holds a number without end");
        }
    }
    return to;
}

void check_labels(const json::value& from) {
    const json::array& list = from.as_array();
    bool same = list.size() == emotion_count;
    for (std::size_t i = 0; same && i < emotion_count; ++i) {
        same = list[i].as_string() == emotion_labels[i];
    }
    if (!same) {
        throw std::runtime_error("labels are not those of GoEmotions");
    }
}

std::optional<NetworkFiles> network(const Artefact& artefact, const json::object& networks,
                                    std::string_view name) {
    const json::value* found = networks.if_contains(name);
    if (found == nullptr) {
        return std::nullopt;
    }
    const auto path = [&](const char* member) {
        const json::string& file = found->at(member).as_string();
        const std::filesystem::path relative{std::string{file}};
        if (relative.has_parent_path()) {
            throw std::runtime_error(std::string{member} + " lies outside the folder");
        }
        return artefact.folder / relative;
    };
    return NetworkFiles{path("graph"), path("vocabulary")};
}

Route route_of(const Artefact& artefact, const json::value& from) {
    Route route;
    for (const auto& [name, weight] : from.as_object()) {
        const auto share = weight.to_number<double>();
        if (name == "english") {
            route.english = share;
        } else if (name == "multilingual") {
            route.multilingual = share;
        } else if (name == "dictionary") {
            route.dictionary = share;
        } else {
            throw std::runtime_error("routes name an unknown way of reading");
        }
    }
    const double sum = route.english + route.multilingual + route.dictionary;
    if (route.english < 0 || route.multilingual < 0 || route.dictionary < 0 ||
        std::abs(sum - 1) > route_tolerance) {
        throw std::runtime_error("the shares of a route are not a whole");
    }
    if ((route.english + route.dictionary > 0 && !artefact.english) ||
        (route.multilingual > 0 && !artefact.multilingual)) {
        throw std::runtime_error("a route needs a network that is not described");
    }
    return route;
}

void fill(Artefact& artefact, const json::object& from) {
    artefact.version = std::string{from.at("version").as_string()};
    check_labels(from.at("labels"));
    artefact.thresholds = numbers(from.at("thresholds"), "thresholds");
    for (const auto& [name, digest] : from.at("files").as_object()) {
        artefact.digests.emplace(name, std::string{digest.as_string()});
    }
    const json::object& networks = from.at("models").as_object();
    artefact.english = network(artefact, networks, "english");
    artefact.multilingual = network(artefact, networks, "multilingual");
    for (const auto& [language, route] : from.at("routes").as_object()) {
        artefact.routes.emplace(language, route_of(artefact, route));
    }
    if (!artefact.routes.contains("*")) {
        throw std::runtime_error("there is no route for all other languages (\"*\")");
    }
    for (const auto& [language, calibration] : from.at("calibration").as_object()) {
        artefact.calibrations.emplace(language, Calibration{numbers(calibration.at("scale"), "scale"),
                                                            numbers(calibration.at("offset"), "offset")});
    }
}

} // namespace

const Route& Artefact::route(std::string_view language) const {
    const auto own = routes.find(language);
    return own != routes.end() ? own->second : routes.find("*")->second;
}

const Calibration* Artefact::calibration(std::string_view language) const {
    const auto own = calibrations.find(language);
    return own != calibrations.end() ? &own->second : nullptr;
}

Result<Artefact> read_artefact(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "model.json";
    const auto refuse = [&](const std::string& what) {
        return fail(Errc::upstream_unavailable, "The emotion model is not installed.",
                    file.string() + ": " + what);
    };
    std::ifstream in{file, std::ios::binary};
    if (!in) {
        return refuse("can't be opened");
    }
    std::ostringstream text;
    text << in.rdbuf();
    try {
        Artefact artefact;
        artefact.folder = folder;
        fill(artefact, json::parse(text.str()).as_object());
        return artefact;
    } catch (const std::exception& problem) { // what Boost.JSON's at() and as_...() throw, and our own
        return refuse(problem.what());
    }
}

} // namespace personalify::nlp
