// Any bytes as a text: told the language of, normalised and translated, within bounds and line by line.
#include "fuzz/target.hpp"
#include "nlp/spans.hpp"
#include "nlp/word_preparer.hpp"

#include <algorithm>
#include <cstdlib>

using namespace personalify;

namespace {

const nlp::WordPreparer& preparer() {
    static const auto loaded = nlp::WordPreparer::load(PERSONALIFY_MODELS_DIR, "");
    if (!loaded) {
        std::abort();
    }
    return *loaded;
}

void promise(bool kept) {
    if (!kept) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    std::string joined;
    for (const nlp::Span& span : nlp::spans_of(text)) {
        joined += span.text;
    }
    promise(joined == text);

    const nlp::Prepared prepared = preparer().prepare(text);
    promise(prepared.language.size() >= 2 && prepared.language.size() <= 3);
    promise(std::ranges::count(prepared.normalised, '\n') == std::ranges::count(text, '\n'));
    promise(std::ranges::count(prepared.english, '\n') == std::ranges::count(text, '\n'));
    // A letter may stand for a phrase, and no more.
    promise(prepared.normalised.size() <= size * 40 + 40);
    promise(prepared.normalised == preparer().normalizer().normalize(text));
    return 0;
}
