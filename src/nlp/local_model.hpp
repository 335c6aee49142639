#pragma once

#include "nlp/artefact.hpp"
#include "nlp/graph.hpp"
#include "nlp/pieces.hpp"

#include <memory>
#include <span>

namespace personalify::nlp {

enum class NetworkName : std::uint8_t { english, multilingual };

/// The networks with their tokenizers, each loaded when it is first asked for. Used by one thread at a time.
class LocalModel {
public:
    /// `artefact` outlives the model.
    LocalModel(const Artefact& artefact, unsigned threads)
        : artefact_(artefact)
        , threads_(threads) {}

    /// The pieces of a text for that network. Errors: as of loading.
    Result<std::vector<Piece>> cut(NetworkName network, std::string_view text);

    /// Logits of pieces, all of them padded to `length` tokens. Errors: as of loading, and internal.
    Result<std::vector<EmotionProbabilities>> run(NetworkName network, std::span<const Piece* const> pieces,
                                                  std::size_t length);

    /// How many networks are in memory.
    int loaded() const { return (english_.graph ? 1 : 0) + (multilingual_.graph ? 1 : 0); }

private:
    struct Network {
        std::unique_ptr<Tokenizer> tokenizer;
        std::unique_ptr<Graph> graph;
    };

    /// Errors: upstream_unavailable when a file is missing or can't be used, internal.
    Result<Network*> get(NetworkName name);
    Result<Network> load(const NetworkFiles& files);

    const Artefact& artefact_;
    unsigned threads_;
    std::unique_ptr<GraphRuntime> runtime_;
    Network english_;
    Network multilingual_;
};

/// The lengths that pieces are padded to: a network prepares itself for each combination of rows and length
/// once, which takes as long as many runs.
std::size_t padded_length(std::size_t tokens);

/// How many of `waiting` pieces of one length to run at once: 4, or 1 when there are fewer. Larger batches
/// are no faster a piece (measured on one thread), and take more memory.
std::size_t rows_for(std::size_t waiting);

} // namespace personalify::nlp
