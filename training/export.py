"""Turns a trained network into an OpenVINO graph in 8 bits: logits from input_ids and attention_mask."""

import argparse
import random
from pathlib import Path

import nncf
import numpy as np
import openvino as ov
import torch

import corpora
import networks
import slim
import vocabulary


def graph_of(network):
    network.eval()
    example = {
        "input_ids": torch.randint(5, 1000, (2, 16)),
        "attention_mask": torch.ones(2, 16, dtype=torch.long),
    }
    inputs = [("input_ids", [-1, -1], ov.Type.i64), ("attention_mask", [-1, -1], ov.Type.i64)]
    with torch.no_grad():
        graph = ov.convert_model(network, example_input=example, input=inputs)
    graph.outputs[0].get_tensor().set_names({"logits"})
    return graph


def quantized(graph, tokens, texts):
    def sample(text):
        ids = tokens([text], 64)[0]
        return {"input_ids": np.array([ids], np.int64), "attention_mask": np.ones((1, len(ids)), np.int64)}

    return nncf.quantize(
        graph, nncf.Dataset(texts, sample), model_type=nncf.ModelType.TRANSFORMER,
        preset=nncf.QuantizationPreset.MIXED, subset_size=len(texts),
    )  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=["english", "multilingual"])
    parser.add_argument("weights")
    parser.add_argument("out", help="the .xml; its .bin lies beside it")
    parser.add_argument("--shared", default=corpora.SHARED)
    parser.add_argument("--words", default="models/words")
    parser.add_argument("--kept", default="build/training/kept.json")
    parser.add_argument("--mode", choices=["int8", "weights", "single"], default="int8")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    if arguments.kind == "english":
        network, tokens = networks.minilm()
        texts = corpora.goemotions(arguments.shared, "train")[0]
    else:
        file = networks.e5_file()
        kept = vocabulary.load_or_choose(arguments.kept, arguments.shared, arguments.words, file)
        network, tokens = networks.e5_small(kept, file)
        texts = corpora.own("indonesian")[0] + corpora.own("sundanese")[0]
    network.load_state_dict(torch.load(arguments.weights))
    graph = graph_of(network)
    if arguments.mode == "int8":
        graph = quantized(graph, tokens, random.Random(0).sample(texts, 300))
        slim.slim(graph)
    elif arguments.mode == "weights":
        graph = nncf.compress_weights(graph, mode=nncf.CompressWeightsMode.INT8_ASYM)
    Path(arguments.out).parent.mkdir(parents=True, exist_ok=True)
    ov.save_model(graph, arguments.out, compress_to_fp16=False)


if __name__ == "__main__":
    main()
