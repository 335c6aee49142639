#include "nlp/graph.hpp"

#include "nlp/memory.hpp"

#include <cstdlib>
#include <openvino/openvino.hpp>

namespace personalify::nlp {

namespace {

constexpr const char* device = "CPU";

/// OpenVINO's kernels stay in a cache of the process when a network has gone: tens of megabytes, of no use,
/// since each network keeps its own anyway. Said before there are threads, when the environment may be
/// changed.
const bool no_second_cache = ::setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "0", 0) == 0;

std::unexpected<Error> failed(const char* doing, const std::exception& problem) {
    return fail(Errc::internal, "The emotion model can't be used.",
                std::string{doing} + ": " + problem.what());
}

class OpenVinoGraph final : public Graph {
public:
    explicit OpenVinoGraph(ov::CompiledModel model)
        : model_(std::move(model))
        , request_(model_.create_infer_request()) {}

    Result<std::vector<EmotionProbabilities>> run(const GraphInput& input) override {
        try {
            return infer(input);
        } catch (const std::exception& problem) {
            return failed("running the network", problem);
        }
    }

private:
    std::vector<EmotionProbabilities> infer(const GraphInput& input) {
        const ov::Shape shape{input.rows, input.length};
        const auto copy = [&](const char* name, const std::vector<std::int64_t>& values) {
            ov::Tensor tensor{ov::element::i64, shape};
            std::ranges::copy(values, tensor.data<std::int64_t>());
            request_.set_tensor(name, tensor);
        };
        copy("input_ids", input.ids);
        copy("attention_mask", input.mask);
        request_.infer();
        const ov::Tensor output = request_.get_output_tensor(0);
        if (output.get_shape() != ov::Shape{input.rows, emotion_count}) {
            throw std::runtime_error("the network does not answer with the labels' logits");
        }
        std::vector<EmotionProbabilities> logits(input.rows);
        const auto* from = output.data<float>();
        for (EmotionProbabilities& row : logits) {
            std::copy_n(from, emotion_count, row.begin());
            from += emotion_count;
        }
        return logits;
    }

    ov::CompiledModel model_;
    ov::InferRequest request_;
};

class OpenVinoRuntime final : public GraphRuntime {
public:
    explicit OpenVinoRuntime(unsigned threads) {
        core_.set_property(device, ov::inference_num_threads(static_cast<int>(threads)));
        core_.set_property(device, ov::hint::performance_mode(ov::hint::PerformanceMode::LATENCY));
        core_.set_property(device, ov::hint::inference_precision(ov::element::f32));
    }

    Result<std::unique_ptr<Graph>> load(const std::filesystem::path& graph) override {
        try {
            auto loaded = std::make_unique<OpenVinoGraph>(core_.compile_model(graph.string(), device));
            forget_pages(std::filesystem::path{graph}.replace_extension(".bin"));
            trim_heap();
            return loaded;
        } catch (const std::exception& problem) {
            return failed("loading the network", problem);
        }
    }

private:
    ov::Core core_;
};

} // namespace

Result<std::unique_ptr<GraphRuntime>> start_graph_runtime(unsigned threads) {
    try {
        return std::make_unique<OpenVinoRuntime>(threads);
    } catch (const std::exception& problem) {
        return failed("starting OpenVINO", problem);
    }
}

} // namespace personalify::nlp
