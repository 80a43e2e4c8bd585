"""The same answers on every processor: what differs between their kernels is the last bit of a float, and no more."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from bot.answer import Answer, CitedPassage, Interpreted
from index import Builder, Index, Store
from index.judge import HERE, MODEL, Judge, Said
from index.judge.example import read_lines
from index.judge.quantizing import quantize_weights
from tests.conftest import TINY, Command, write_corpus
from tests.graded import QUESTIONS

HELD = QUESTIONS.with_name("held.jsonl.gz")
CLOSE = 1e-3  # of log-odds


def exact_products(options: Any) -> None:
    """What a processor without VNNI does where it is told not to saturate, and what one with it does always."""
    options.add_session_config_entry("session.x64quantprecision", "1")


def other_kernels(options: Any) -> None:
    """Operators one by one, not joined: another order of the same float operations."""
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, Said]]:
    """Questions on invented articles, each with some sentences."""
    lines = read_lines(HELD)[::40]
    return [
        (line.question, Said(text, before))
        for line in lines
        for text, before in list(zip(line.sentences, ["", *line.sentences], strict=False))[:4]
    ]


def odds_of(pairs: Sequence[tuple[str, Said]], change: Callable[[Any], None] = lambda _: None) -> Any:
    """The judge's log-odds, its session opened with options of one's own."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    change(options)
    judge = Judge()
    judge._session = onnxruntime.InferenceSession(str(HERE / MODEL), options, providers=["CPUExecutionProvider"])
    return np.array([float(judge(question, [said])[0]) for question, said in pairs])


@pytest.mark.parametrize("change", [exact_products, other_kernels])
def test_the_judge_says_the_same_by_other_kernels(change: Callable[[Any], None], pairs: list[tuple[str, Said]]) -> None:
    usual = odds_of(pairs)
    assert np.abs(odds_of(pairs, change) - usual).max() < CLOSE
    assert usual.std() > 1  # they are about something


def test_the_judge_rounds_no_activation_to_an_integer() -> None:
    used = {node.op_type for node in onnx.load(HERE / MODEL).graph.node}
    assert "MatMul" in used
    assert not {name for name in used if name.startswith(("Dynamic", "QLinear", "Q")) or name.endswith("Integer")}


def test_quantized_weights_give_about_the_same_by_float_products() -> None:
    draw = np.random.default_rng(0)
    weight, table = (draw.standard_normal((80, 64)).astype(np.float32) for _ in range(2))
    nodes = [
        helper.make_node("Gather", ["table", "ids"], ["rows"]),
        helper.make_node("MatMul", ["states", "weight"], ["products"]),
        helper.make_node("Add", ["rows", "products"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, [3]),
        helper.make_tensor_value_info("states", TensorProto.FLOAT, [3, 80]),
    ]
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, [3, 64])]
    stored = [numpy_helper.from_array(weight, "weight"), numpy_helper.from_array(table, "table")]
    model = helper.make_model(
        helper.make_graph(nodes, "small", inputs, outputs, stored), opset_imports=[helper.make_opsetid("", 20)]
    )
    model.ir_version = 10
    states, ids = draw.standard_normal((3, 80)).astype(np.float32), np.array([5, 0, 79])
    exact = table[ids] + states @ weight
    quantize_weights(model)
    assert {numpy_helper.to_array(each).dtype for each in model.graph.initializer if len(each.dims) == 2} == {
        np.dtype(np.int8)
    }
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"ids": ids, "states": states})
    assert np.abs(found - exact).max() < 0.25  # of values about 9: 80 roundings to 1/127 of 3
    assert np.abs(found - exact).max() > 0


def test_last_bits_choose_no_order(
    make_builder: Callable[..., Builder], cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What articles say in the same words stands in the order of their names, whatever the last bits are."""
    said = TINY["harbour.md"].partition("## Timetable")[0]
    names = [f"{letter}.md" for letter in "cadb"]
    make_builder(write_corpus(tmp_path / "corpus", dict.fromkeys(names, said))).build()
    draw = np.random.default_rng(0)
    index = Index(Store(tmp_path / "index"), cache)
    encode = index.encoder().encode_query
    monkeypatch.setattr(
        index, "_judging", lambda: lambda _, said: 2 + 1e-6 * draw.standard_normal(len(said)).astype(np.float32)
    )
    monkeypatch.setattr(
        index.encoder(), "encode_query", lambda text: encode(text) + np.float32(1e-7) * draw.standard_normal(384)
    )
    for _ in range(8):
        (hit,) = index.search("who bought the ferry?")
        assert [each.source for each in (hit.passage, *hit.copies)] == ["a", "b", "c", "d"]
    index.close()


@given(score=st.floats(-50, 50), confidence=st.floats(0, 1))
def test_what_a_model_gives_has_two_decimals_in_json(score: float, confidence: float) -> None:
    passage = CitedPassage(source="a", start=0, end=1, text="x", score=score, highlight=(0, 1))
    answer = Answer(
        question="q", kind="passages", text="t", interpreted=Interpreted(intent="passage", question="q"),
        passages=(passage,), confidence=confidence,
    )  # fmt: skip
    said = json.loads(answer.to_json())
    assert (said["confidence"], said["passages"][0]["score"]) == (round(confidence, 2), round(score, 2))


def test_a_whole_answers_model_floats_have_two_decimals(shipped: Command) -> None:
    said = json.loads(shipped("ask", "who leads Meta Superintelligence Labs?", "--json").out)
    floats = [said["confidence"], *(passage["score"] for passage in said["passages"])]
    assert len(floats) == 6
    assert all(value == round(value, 2) for value in floats)
