#pragma once

#include "core/error.hpp"
#include "domain/emotions.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace personalify::nlp {

/// Texts of one length, as a network takes them: `rows` times `length` pieces, padded, and 1 where a piece is
/// real.
struct GraphInput {
    std::size_t rows = 0;
    std::size_t length = 0;
    std::vector<std::int64_t> ids;
    std::vector<std::int64_t> mask;
};

/// A network that is ready to run. Used by one thread at a time.
class Graph {
public:
    virtual ~Graph() = default;
    /// Logits of the labels, row by row. Errors: internal.
    virtual Result<std::vector<EmotionProbabilities>> run(const GraphInput& input) = 0;
};

/// What runs networks: OpenVINO on the processor, in single precision around 8-bit products, so that the
/// answers are the same on every machine but for rounding.
class GraphRuntime {
public:
    virtual ~GraphRuntime() = default;
    /// Takes a good part of a second. Errors: internal, with OpenVINO's words as its cause.
    virtual Result<std::unique_ptr<Graph>> load(const std::filesystem::path& graph) = 0;
};

/// `threads` is how many a network may use at once. Errors: internal.
Result<std::unique_ptr<GraphRuntime>> start_graph_runtime(unsigned threads);

} // namespace personalify::nlp
