"""A title or a label of a table in → the benchmark or the model that it names, with its setting, out."""

import re
from typing import NamedTuple

from index.extraction.direction import said_direction, undirected
from index.extraction.setting import joined, settings_in, split_setting
from index.extraction.titles import AMOUNT, GENERIC, NO_MODEL, NO_VALUE, ON, OTHER, OWN
from index.names import Names


class Name(NamedTuple):
    """What a title or a label names."""

    name: str
    setting: str | None


class Labels:
    """Reads each label once: a table says the same ones again and again."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._models: dict[str, Name | None] = {}
        self._tests: dict[str, Name | None] = {}

    def known_benchmark(self, text: str) -> bool:
        """Does a text name a benchmark that the catalogue has, or one that is written like one?"""
        name = self.benchmark(text)
        return name is not None and (name.name in self._names.units or bool(self._names.benchmarks(name.name)))

    def benchmark(self, text: str) -> Name | None:
        """The benchmark that a whole title is the name of, known or not."""
        if text not in self._tests:
            self._tests[text] = self._read_benchmark(text)
        return self._tests[text]

    def _read_benchmark(self, text: str) -> Name | None:
        bare, setting = split_setting(ON.sub("", undirected(text)), self._names)
        if not re.search(r"[^\W\d]", bare) or len(bare) > 80 or NO_VALUE.fullmatch(bare):
            return None
        if not self._names.knows_benchmark(bare):
            if AMOUNT.match(bare) and not self._names.benchmarks(bare):
                return None
            if OTHER.match(bare) and said_direction(text) is None and not self._names.benchmarks(bare):
                return None
            known = [mention for mention in self._names.benchmarks(bare) if mention.known]
            if len(known) == 1 and known[0].start == 0:
                rest = bare[known[0].end :].strip(" :-–—,")
                if settings_in(rest) or re.fullmatch(
                    r"(?:benchmark|score|accuracy|test|set|val|public|full|overall)*", rest, re.I
                ):
                    return Name(known[0].name, joined(setting, settings_in(rest)))
        return Name(self._names.benchmark(bare), setting)

    def model(self, text: str) -> Name | None:
        """The model that a title names, as the names of models are written."""
        if text not in self._models:
            self._models[text] = self._read_model(text)
        return self._models[text]

    def _read_model(self, text: str) -> Name | None:
        plain = OWN.sub(" ", text).strip()
        bare, setting = split_setting(plain, self._names, is_model=True)
        found = self._names.models(bare)
        if not found or found[0].start > 25 or self._names.knows_benchmark(bare) or len(bare) > 80:
            return None
        tests = self._names.benchmarks(bare)
        if tests and tests[0].end - tests[0].start >= found[0].end - found[0].start:
            return None
        mention, rest = found[0], bare[found[0].end :].strip(" :-–—,")
        if mention.start == 0 and mention.known and rest and settings_in(rest):
            return Name(mention.name, joined(mention.effort, setting, settings_in(rest)))
        name, effort = self._names.model_with_effort(bare)
        return Name(name, joined(effort, setting))

    def any_model(self, text: str) -> Name | None:
        """A name by its place alone."""
        bare, setting = split_setting(OWN.sub(" ", text).strip(), self._names, is_model=True)
        if not re.search(r"[^\W\d]{2}", bare) or len(bare) > 60 or NO_MODEL.match(bare) or OTHER.match(bare):
            return None
        if GENERIC.fullmatch(bare):
            return None
        if self._names.knows_benchmark(bare):
            return None
        name, effort = self._names.model_with_effort(bare)
        return Name(name, joined(effort, setting))
