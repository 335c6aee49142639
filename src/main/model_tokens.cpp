#include "main/model_tokens.hpp"

#include "main/console.hpp"
#include "main/escaped_line.hpp"
#include "nlp/artefact.hpp"
#include "nlp/tokenizer.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

namespace personalify {

namespace {

Result<std::unique_ptr<nlp::Tokenizer>> tokenizer_of(const std::filesystem::path& folder,
                                                     const std::string& network) {
    const Result<nlp::Artefact> artefact = nlp::read_artefact(folder);
    if (!artefact) {
        return std::unexpected(artefact.error());
    }
    const std::optional<nlp::NetworkFiles>& files =
        network == "multilingual" ? artefact->multilingual : artefact->english;
    if (!files) {
        return fail(Errc::not_found, "The model has no such network.");
    }
    std::ifstream in{files->vocabulary, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    Result<nlp::Vocabulary> vocabulary = nlp::Vocabulary::parse(text.view());
    if (!vocabulary) {
        return std::unexpected(std::move(vocabulary.error()));
    }
    return nlp::make_tokenizer(std::move(*vocabulary));
}

} // namespace

int model_tokens(const std::filesystem::path& folder, const std::string& network) {
    const Result<std::unique_ptr<nlp::Tokenizer>> tokenizer = tokenizer_of(folder, network);
    if (!tokenizer) {
        complain(tokenizer.error());
        return 1;
    }
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
        std::cout << (*tokenizer)->begin();
        for (const nlp::TokenId id : (*tokenizer)->tokens(unescaped(line))) {
            std::cout << ' ' << id;
        }
        std::cout << ' ' << (*tokenizer)->end() << '\n';
    }
    std::cout.flush();
    return std::cout ? 0 : 1;
}

} // namespace personalify
