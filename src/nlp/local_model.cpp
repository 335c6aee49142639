#include "nlp/local_model.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace personalify::nlp {

namespace {

constexpr std::array<std::size_t, 3> lengths{16, 32, longest_piece};

Result<std::string> contents(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
        return fail(Errc::upstream_unavailable, "The emotion model is not installed.",
                    file.string() + ": can't be read");
    }
    return std::move(text).str();
}

} // namespace

std::size_t padded_length(std::size_t tokens) {
    const auto* fitting = std::ranges::lower_bound(lengths, tokens);
    return fitting == lengths.end() ? lengths.back() : *fitting;
}

std::size_t rows_for(std::size_t waiting) {
    return waiting >= 4 ? 4 : 1;
}

Result<LocalModel::Network> LocalModel::load(const NetworkFiles& files) {
    if (!runtime_) {
        Result<std::unique_ptr<GraphRuntime>> started = start_graph_runtime(threads_);
        if (!started) {
            return std::unexpected(std::move(started.error()));
        }
        runtime_ = std::move(*started);
    }
    Network network;
    const Result<std::string> text = contents(files.vocabulary);
    if (!text) {
        return std::unexpected(text.error());
    }
    Result<Vocabulary> vocabulary = Vocabulary::parse(*text);
    if (!vocabulary) {
        return std::unexpected(std::move(vocabulary.error()));
    }
    Result<std::unique_ptr<Tokenizer>> tokenizer = make_tokenizer(std::move(*vocabulary));
    if (!tokenizer) {
        return std::unexpected(std::move(tokenizer.error()));
    }
    network.tokenizer = std::move(*tokenizer);
    Result<std::unique_ptr<Graph>> graph = runtime_->load(files.graph);
    if (!graph) {
        return std::unexpected(std::move(graph.error()));
    }
    network.graph = std::move(*graph);
    return network;
}

Result<LocalModel::Network*> LocalModel::get(NetworkName name) {
    Network& network = name == NetworkName::english ? english_ : multilingual_;
    const std::optional<NetworkFiles>& files =
        name == NetworkName::english ? artefact_.english : artefact_.multilingual;
    if (!network.graph) {
        Result<Network> loaded = load(files.value());
        if (!loaded) {
            return std::unexpected(std::move(loaded.error()));
        }
        network = std::move(*loaded);
    }
    return &network;
}

Result<std::vector<Piece>> LocalModel::cut(NetworkName network, std::string_view text) {
    const Result<Network*> found = get(network);
    if (!found) {
        return std::unexpected(found.error());
    }
    return cut_into_pieces(*(*found)->tokenizer, text);
}

Result<std::vector<EmotionProbabilities>>
LocalModel::run(NetworkName network, std::span<const Piece* const> pieces, std::size_t length) {
    const Result<Network*> found = get(network);
    if (!found) {
        return std::unexpected(found.error());
    }
    // Rows beyond the pieces repeat the first: a row without any real token would divide by nothing.
    GraphInput input{
        .rows = std::max(rows_for(pieces.size()), pieces.size()), .length = length, .ids = {}, .mask = {}};
    for (std::size_t row = 0; row < input.rows; ++row) {
        const std::vector<TokenId>& tokens = pieces[row < pieces.size() ? row : 0]->tokens;
        input.ids.insert(input.ids.end(), tokens.begin(), tokens.end());
        input.ids.insert(input.ids.end(), length - tokens.size(), (*found)->tokenizer->padding());
        input.mask.insert(input.mask.end(), tokens.size(), 1);
        input.mask.insert(input.mask.end(), length - tokens.size(), 0);
    }
    Result<std::vector<EmotionProbabilities>> logits = (*found)->graph->run(input);
    if (logits) {
        logits->resize(pieces.size());
    }
    return logits;
}

} // namespace personalify::nlp
