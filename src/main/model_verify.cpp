#include "crypto/crypto.hpp"
#include "main/analyze.hpp"
#include "main/console.hpp"
#include "main/emotion_engine.hpp"
#include "nlp/artefact.hpp"

#include <cstdio>
#include <fstream>
#include <sstream>

namespace personalify {

int model_verify(const config::Settings& settings) {
    const Result<nlp::Artefact> artefact = nlp::read_artefact(models_dir(settings) / "emotions");
    if (!artefact) {
        complain(artefact.error());
        return 1;
    }
    bool all_right = !artefact->digests.empty();
    for (const auto& [name, digest] : artefact->digests) {
        std::ifstream in{artefact->folder / name, std::ios::binary};
        std::ostringstream bytes;
        const bool read = in && (bytes << in.rdbuf());
        if (!read || crypto::sha256_hex(std::move(bytes).str()) != digest) {
            std::fprintf(stderr, "%s: %s\n", name.c_str(),
                         read ? "differs from model.json" : "can't be read");
            all_right = false;
        }
    }
    if (all_right) {
        std::printf("Emotion model %s: %zu files are as they were made.\n", artefact->version.c_str(),
                    artefact->digests.size());
    }
    return all_right ? 0 : 1;
}

} // namespace personalify
