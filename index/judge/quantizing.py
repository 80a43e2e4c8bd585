"""A model's float weights in → the same model with int8 weights and float arithmetic, out. Home of onnx.

Only what is stored is int8, a quarter of the size. The products are floats, as integer ones would make the answer
depend on the processor. Without VNNI, sums of u8×s8 products saturate. And where activations are rounded to int8, a
difference in a float's last bit, which each processor's own kernels bring, moved log-odds by up to 0.57.
"""

from collections.abc import Iterator

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

CODES = 127  # the largest absolute value of a code, so that both signs reach as far
SMALL = 4096  # weights up to which a matrix stays as it is


def quantize_weights(model: onnx.ModelProto) -> None:
    """Store each matrix that is multiplied with a scale a column, and each table that is looked up with one scale."""
    weights = {
        each.name: each
        for each in model.graph.initializer
        if len(each.dims) == 2 and each.data_type == onnx.TensorProto.FLOAT and np.prod(each.dims) > SMALL
    }
    nodes = [new for node in model.graph.node for new in _nodes(model.graph, node, weights)]
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _nodes(
    graph: onnx.GraphProto, node: onnx.NodeProto, weights: dict[str, onnx.TensorProto]
) -> Iterator[onnx.NodeProto]:
    """What stands in a node's place."""
    if node.op_type == "MatMul" and node.input[1] in weights:
        name = node.input[1]
        _store(graph, weights[name], by_column=True)
        yield from restored(name, name)
        yield node
    elif node.op_type == "Gather" and node.input[0] in weights:
        name, output = node.input[0], node.output[0]
        _store(graph, weights[name], by_column=False)
        node.input[0], node.output[0] = f"{name}_codes", f"{output}_codes"
        yield node
        yield from restored(name, output)
    else:
        yield node


def restored(name: str, output: str) -> Iterator[onnx.NodeProto]:
    """The nodes that make floats of codes: of a matrix once, when the model is opened, of a table what was looked up.

    DequantizeLinear would be joined with the product into one operator, which rounds activations to int8 again.
    """
    codes = f"{name}_codes" if output == name else f"{output}_codes"
    yield onnx.helper.make_node("Cast", [codes], [f"{output}_floats"], to=onnx.TensorProto.FLOAT)
    yield onnx.helper.make_node("Mul", [f"{output}_floats", f"{name}_scale"], [output])


def _store(graph: onnx.GraphProto, weight: onnx.TensorProto, by_column: bool) -> None:
    floats: NDArray[np.float32] = numpy_helper.to_array(weight)
    largest = np.abs(floats).max(axis=0 if by_column else None)
    scale = np.where(largest > 0, largest / CODES, 1).astype(np.float32)
    codes = np.rint(floats / scale).astype(np.int8)
    graph.initializer.remove(weight)
    for name, values in ((f"{weight.name}_codes", codes), (f"{weight.name}_scale", scale)):
        graph.initializer.append(numpy_helper.from_array(np.asarray(values), name))
