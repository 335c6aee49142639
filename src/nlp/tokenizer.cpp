#include "nlp/tokenizer.hpp"

#include "nlp/unigram.hpp"
#include "nlp/wordpiece.hpp"

namespace personalify::nlp {

Result<std::unique_ptr<Tokenizer>> make_tokenizer(Vocabulary vocabulary) {
    return vocabulary.kind() == Vocabulary::Kind::unigram ? Unigram::make(std::move(vocabulary))
                                                          : WordPiece::make(std::move(vocabulary));
}

} // namespace personalify::nlp
