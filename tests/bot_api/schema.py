"""A request's fields in → a refusal if Telegram's published Bot API does not know them so, out."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.bot_api.refusal import Refused

API_FILE = Path(__file__).parents[3] / "shared" / "telegram" / "api.min.json"

# Fields that are text even when they look like JSON: a person may well be told "7".
TEXTS = frozenset(
    {
        "text",
        "caption",
        "parse_mode",
        "callback_query_id",
        "inline_query_id",
        "next_offset",
        "file_id",
        "secret_token",
        "url",
    }
)
METHODS = (
    "answerInlineQuery",
    "editMessageText",
)  # those that python-telegram-bot can only be made to call in another case


class Schema:
    """Methods and types of the Bot API; knows nothing, and so refuses nothing, when the file is not at hand."""

    def __init__(self, file: Path = API_FILE) -> None:
        api = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {"methods": {}, "types": {}}
        self._methods: dict[str, Any] = api["methods"]
        self._types: dict[str, Any] = api["types"]

    @property
    def known(self) -> bool:
        """Whether requests can be checked at all."""
        return bool(self._methods)

    def named(self, method: str) -> str:
        """The method as it is written; Telegram takes any case."""
        return {name.lower(): name for name in (*self._methods, *METHODS)}.get(method.lower(), method)

    def check_request(self, method: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields decoded as their types say. Raises Refused for an unknown, missing or mistyped one."""
        if not self.known:
            return {name: value if name in TEXTS else _guess(value) for name, value in fields.items()}
        if method not in self._methods:
            raise Refused("Not Found: method not found", 404)
        declared = {field["name"]: field for field in self._methods[method].get("fields", ())}
        decoded = {}
        for name, value in fields.items():
            if name not in declared:
                raise Refused(f"Bad Request: unknown field {name} in {method}")
            decoded[name] = self._decode(name, value, declared[name]["types"])
        for name, field in declared.items():
            if field["required"] and name not in fields:
                raise Refused(f"Bad Request: parameter {name} of {method} is required")
        return decoded

    def _decode(self, name: str, value: Any, types: list[str]) -> Any:
        """A form field is text: the type says whether it holds JSON."""
        candidates = [value]
        if isinstance(value, str) and types != ["String"]:
            with suppress(ValueError):
                candidates.insert(0, json.loads(value))
        for candidate in candidates:
            if any(self._fits(candidate, kind) for kind in types):
                return candidate
        raise Refused(f"Bad Request: can't parse {name}: {value!r} is none of {types}")

    def _fits(self, value: Any, kind: str) -> bool:
        match kind:
            case "Integer":
                return isinstance(value, int) and not isinstance(value, bool)
            case "Float":
                return isinstance(value, int | float) and not isinstance(value, bool)
            case "Boolean" | "True":
                return isinstance(value, bool)
            case "String":
                return isinstance(value, str)
            case "InputFile":
                return isinstance(value, bytes)
        if kind.startswith("Array of "):
            return isinstance(value, list) and all(self._fits(item, kind[len("Array of ") :]) for item in value)
        declared = self._types.get(kind, {})
        if "subtypes" in declared:
            return any(self._fits(value, subtype) for subtype in declared["subtypes"])
        return isinstance(value, dict) and self._fits_object(value, declared.get("fields", []))

    def _fits_object(self, value: Mapping[str, Any], fields: list[dict[str, Any]]) -> bool:
        declared = {field["name"]: field for field in fields}
        return all(
            name in declared and any(self._fits(item, kind) for kind in declared[name]["types"])
            for name, item in value.items()
        ) and all(name in value for name, field in declared.items() if field["required"])


def _guess(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value
