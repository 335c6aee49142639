#include "main/normalize.hpp"

#include "main/console.hpp"
#include "main/models_dir.hpp"
#include "nlp/word_preparer.hpp"

#include <iostream>

namespace personalify {

Result<> normalize(const NormalizeOptions& options, std::istream& in, std::ostream& out) {
    const std::filesystem::path models =
        options.models_dir.empty() ? default_models_dir() : options.models_dir;
    const Result<nlp::WordPreparer> words = nlp::WordPreparer::load(models, options.slang_file);
    if (!words) {
        return std::unexpected(words.error());
    }
    const nlp::Normalizer& normalizer = words->normalizer();
    for (std::string line; std::getline(in, line);) {
        const bool ended = !in.eof(); // the last line may have no LF, and then gets none
        out << normalizer.normalize(line);
        if (ended) {
            out << '\n';
        }
    }
    out.flush();
    return {};
}

int normalize(const NormalizeOptions& options) {
    Result<Input> input = Input::open(options.input);
    const Result<> done =
        input ? normalize(options, input->stream(), std::cout) : Result<>{std::unexpected(input.error())};
    if (!done) {
        complain(done.error());
        return 1;
    }
    return std::cout ? 0 : 1;
}

} // namespace personalify
