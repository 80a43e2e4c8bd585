"""A text in → the benchmarks and models that it names, with their places, out."""

import re
from bisect import bisect
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from index.catalogue import Catalogue, fold

GAP = r"[\s\u00a0\-‑–_]*"  # what may stand between the parts of a name: SWE-bench, SWE bench, SWEbench
# Words that begin a model's name when a version, a size or a variant follows.
FAMILIES = (
    "Claude", "GPT", "ChatGPT", "Gemini", "Gemma", "Llama", "Qwen", "QwQ", "QVQ", "DeepSeek", "Kimi", "Grok",
    "Mistral", "Mixtral", "Magistral", "Codestral", "Ministral", "Pixtral", "MiniMax", "GLM", "Phi", "Yi",
    "Command", "Nova", "Opus", "Sonnet", "Haiku", "Falcon", "Jamba", "Nemotron", "OLMo", "Granite", "Ernie",
    "Hunyuan", "Doubao", "Seed", "InternLM", "InternVL", "Step", "Baichuan", "StarCoder", "CodeLlama", "WizardLM",
    "Vicuna", "PaLM", "Inflection", "Reka", "DBRX", "SmolLM", "LFM", "EXAONE", "Solar", "Athene", "MiMo", "Ling",
    "Ring", "LongCat", "Palmyra", "Pangu", "Devstral",
)  # fmt: skip
VARIANTS = (
    "Pro", "Max", "Mini", "Nano", "Flash", "Lite", "Ultra", "Plus", "Turbo", "Opus", "Sonnet", "Haiku", "Preview",
    "Instruct", "Base", "Chat", "Coder", "Math", "VL", "Omni", "Large", "Medium", "Small", "Maverick", "Scout",
    "Behemoth", "Deep Think", "Codex", "Spark", "Air", "Exp", "Speciale", "Next", "Fast", "Heavy", "Thinking",
    "Reasoner", "Distill", "Codex Max", "Vision",
)  # fmt: skip
QUALIFIERS = (
    "Verified", "Pro", "Lite", "Hard", "Diamond", "Multilingual", "Multimodal", "Telecom", "Retail", "Airline",
    "Plus", "Extended", "Redux", "Apex", "Reasoning", "Research", "Live", "Full", "Main", "Challenge", "Easy",
)  # fmt: skip
VERSION = r"[vV]?\d+(?:\.\d+)*[a-z]?(?![\d.]*\d|\s*%|\w)"
SIZE = r"\d+(?:\.\d+)?x?\d*[BM](?:-A\d+B)?\b"
# A name ends where no letter or digit goes on, or where a flattened table glued a score or a distance to it.
UNGLUED = r"(?:(?![\w+]|\.\d)|(?=\d{1,3}(?:\.\d+)?(?:%|\s+points?\b|[A-Z][a-z])))"
# Words that only a benchmark's name ends in.
ENDINGS = r"(?:[Bb]ench|BENCH|Eval|QA|Exam|Arena)"


class Mention(NamedTuple):
    """text[start:end] names `name`; `known` where the catalogue has it."""

    start: int
    end: int
    name: str
    known: bool


class Names:
    """Finds names as they are written. The longest name at a place counts, so that near names stay apart."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._benchmarks = {
            fold(spelling): entry.name for entry in catalogue.benchmarks for spelling in (entry.name, *entry.aliases)
        }
        self._models = {
            fold(spelling): entry.name for entry in catalogue.models for spelling in (entry.name, *entry.aliases)
        }
        self._spelled_benchmarks = [
            spelling for entry in catalogue.benchmarks for spelling in (entry.name, *entry.aliases)
        ]
        self._spelled_models = [spelling for entry in catalogue.models for spelling in (entry.name, *entry.aliases)]
        self.units = {entry.name: entry.unit for entry in catalogue.benchmarks}
        self.developers = {entry.name: entry.developer for entry in catalogue.models}

    def models(self, text: str) -> list[Mention]:
        """The models that a text names, in order."""
        found = [*self._matches(self._known_models, text), *self._matches(self._any_model, text)]
        return _longest(
            Mention(start, end, self.model(text[start:end]), fold(text[start:end]) in self._models)
            for start, end in found
        )

    def benchmarks(self, text: str) -> list[Mention]:
        """The benchmarks that a text names, in order."""
        found = [*self._matches(self._known_benchmarks, text), *self._matches(self._any_benchmark, text)]
        extended = [(start, self._extended(text, end)) for start, end in found]
        return _longest(
            Mention(start, end, self.benchmark(text[start:end]), fold(text[start:end]) in self._benchmarks)
            for start, end in extended
        )

    def model(self, written: str) -> str:
        """The one name of a model, however it is written."""
        plain = " ".join(written.split())
        unversioned = re.sub(r"[\s-]+[Pp]review$", "", plain)
        bare = re.sub(r"^(?:OpenAI|Anthropic|Google|Meta)(?:['’]s)? ", "", plain)
        for shorter in (plain, unversioned, bare):
            if fold(shorter) in self._models:
                return self._models[fold(shorter)]
        return f"Claude {plain}" if re.match(r"(?:Opus|Sonnet|Haiku)\b", plain) else plain

    def benchmark(self, written: str) -> str:
        """The one name of a benchmark, however it is written."""
        plain = " ".join(written.split())
        return self._benchmarks.get(fold(plain), plain)

    def glued_model(self, text: str) -> int:
        """How many characters of a model's name a text begins with, whatever is glued behind it; 0 for none."""
        match = re.match(_any_of(self._spelled_models), text)
        return match.end() if match else 0

    def knows_model(self, written: str) -> bool:
        """Is this, as a whole, a model's name?"""
        return any(
            mention.start == 0 and mention.end >= len(written.strip()) - 1 for mention in self.models(written.strip())
        )

    def knows_benchmark(self, written: str) -> bool:
        """Is this, as a whole, a known benchmark's name?"""
        return fold(written) in self._benchmarks

    def _matches(self, pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
        return [match.span() for match in pattern.finditer(text)]

    def _extended(self, text: str, end: int) -> int:
        """A known name with a word behind it that makes another benchmark of it: SWE-bench, SWE-bench Pro."""
        match = re.compile(rf"(?:[\s-](?:{'|'.join(QUALIFIERS)})\b|-\d+(?![\d.%])|\s\d\.0\b(?!\d*\s*%))").match(
            text, end
        )
        return match.end() if match else end

    @cached_property
    def _known_models(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w.])(?:{_any_of(self._spelled_models)})(?![\w]|\.\d|-\d)")

    @cached_property
    def _known_benchmarks(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w.])(?:{_any_of(self._spelled_benchmarks)}){UNGLUED}")

    @cached_property
    def _any_model(self) -> re.Pattern[str]:
        family, variant = "|".join(FAMILIES), "|".join(sorted(VARIANTS, key=len, reverse=True))
        part = rf"(?:[\s-]?{SIZE}|[\s-](?:{variant})\b|-?[A-Z]\d+(?:\.\d+)*\b|-{VERSION}|(?<=[A-Z]\d)\s\d{{4}}\b)"
        reasoning = r"o[134](?:-(?:mini|preview|pro))?"
        return re.compile(
            rf"(?<![\w.-])(?:(?:{family})(?:\s(?:Opus|Sonnet|Haiku|Large|Medium|Small|Nemo|K\d|R\d?\+?|Next))?"
            rf"(?:[\s-]?{VERSION})?{part}*|{reasoning})(?![\w])"
        )

    @cached_property
    def _any_benchmark(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<![\w.-])(?:[A-Z][A-Za-z0-9]*-)?[A-Z][A-Za-z0-9]*(?:[- ])?{ENDINGS}(?:-[A-Za-z]+)?(?![\w])"
            r"|\bARC-AGI-\d\b"
        )


def _any_of(spellings: Iterable[str]) -> str:
    """A pattern of all spellings, longest first, each with loose gaps and in any case."""
    ordered = sorted(set(spellings), key=lambda each: (-len(each), each))
    patterns = []
    for spelling in ordered:
        parts = re.findall(r"\d+(?:\.\d+)*|[^\W\d_]+|[^\w\s‑–-]", spelling.replace("-", " "))
        loose = GAP.join(re.escape(part).replace("'", "['’]").replace("τ", "(?:τ|[Tt]au)") for part in parts)
        # A short name in small letters is a word of the language: HLE is a benchmark, and math a subject.
        patterns.append(loose if len(spelling) <= 4 or spelling.isupper() else f"(?i:{loose})")
    return "|".join(patterns) or r"(?!)"


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []  # in order, none within another
    for mention in sorted(mentions, key=lambda each: (each.start - each.end, each.start)):
        place = bisect(kept, mention.start, key=lambda each: each.start)
        after = place == 0 or kept[place - 1].end <= mention.start
        before = place == len(kept) or mention.end <= kept[place].start
        if mention.end > mention.start and after and before:
            kept.insert(place, mention)
    return kept
