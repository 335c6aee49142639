#include "main/model_verify.hpp"

#include "crypto/crypto.hpp"
#include "main/analyze.hpp"
#include "main/console.hpp"
#include "main/emotion_engine.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>

namespace personalify {

std::vector<std::string> faults_of_model(const nlp::Artefact& artefact) {
    std::vector<std::string> faults;
    for (const auto& [name, digest] : artefact.digests) {
        std::ifstream in{artefact.folder / name, std::ios::binary};
        std::ostringstream bytes;
        const bool read = in && (bytes << in.rdbuf());
        if (!read || crypto::sha256_hex(std::move(bytes).str()) != digest) {
            faults.push_back(name + ": " + (read ? "differs from model.json" : "can't be read"));
        }
    }
    return faults;
}

int model_verify(const config::Settings& settings) {
    const Result<nlp::Artefact> artefact = nlp::read_artefact(models_dir(settings) / "emotions");
    if (!artefact) {
        complain(artefact.error());
        return 1;
    }
    const std::vector<std::string> faults = faults_of_model(*artefact);
    for (const std::string& fault : faults) {
        std::fprintf(stderr, "%s\n", fault.c_str());
    }
    const bool all_right = !artefact->digests.empty() && faults.empty();
    if (all_right) {
        std::printf("Emotion model %s: %zu files are as they were made.\n", artefact->version.c_str(),
                    artefact->digests.size());
    }
    return all_right ? 0 : 1;
}

} // namespace personalify
