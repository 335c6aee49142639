"""Keeps a quantised graph's tables of embeddings in 8 bits in memory.

    slim.py IN.xml OUT.xml

OpenVINO computes what depends on constants alone when it loads a graph: the tables, stored in 8 bits, would become
single precision, four times their size. Here the row is taken first and scaled then, which says the same.
"""

import sys

import openvino as ov
from openvino import opset13 as op

SMALL = 100_000  # numbers; what is smaller may as well be computed once


def table_and_scales(gather):
    """The 8-bit table behind a Gather and the scale of each row; None when it looks otherwise."""
    scaled = gather.input_value(0).get_node()
    if scaled.get_type_name() != "Multiply":
        return None
    converted, scales = (scaled.input_value(i).get_node() for i in (0, 1))
    if converted.get_type_name() != "Convert" or scales.get_type_name() != "Constant":
        return None
    table = converted.input_value(0).get_node()
    if table.get_type_name() != "Constant" or table.get_element_type() not in (ov.Type.i8, ov.Type.u8):
        return None
    return table, scales


def slim(graph):
    """Rewrites the graph; returns how many tables that concerned."""
    rewritten = 0
    for gather in graph.get_ordered_ops():
        if gather.get_type_name() != "Gather":
            continue
        found = table_and_scales(gather)
        if found is None or found[0].get_output_size() != 1:
            continue
        table, scales = found
        rows, width = table.get_output_shape(0)
        if rows * width < SMALL or list(scales.get_output_shape(0)) != [rows, 1]:
            continue
        ids = gather.input_value(1)
        row = op.convert(op.gather(table, ids, 0), "f32")
        gather.output(0).replace(op.multiply(row, op.gather(scales, ids, 0)).output(0))
        rewritten += 1
    graph.validate_nodes_and_infer_types()
    return rewritten


def main():
    graph = ov.Core().read_model(sys.argv[1])
    print(f"{slim(graph)} tables stay in 8 bits")
    ov.save_model(graph, sys.argv[2], compress_to_fp16=False)


if __name__ == "__main__":
    main()
