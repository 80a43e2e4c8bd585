"""An ONNX file in → a session that runs it, in one thread and without telemetry, out. Home of onnxruntime."""

import os
from pathlib import Path
from typing import Any

# Read when the library is loaded: its wheels else write a device id below the user's home and look up a vendor's host.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime


def open_session(model: Path) -> Any:
    """A session on the CPU. Opened by path: weights beside the model are then mapped into memory."""
    return _session(model, _options())


def lay_out(model: Path, optimized: Path, weights: str) -> None:
    """Write a model anew, optimized, with its weights in a file named `weights` beside it, which can be mapped."""
    options = _options()
    # One level further would fit it to this machine's processor.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(optimized)
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", weights)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
    _session(model, options)


def _options() -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _session(model: Path, options: Any) -> Any:
    onnxruntime.disable_telemetry_events()
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
