"""A text in → the benchmarks and models that it names, with their places, out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.catalogue import Benchmark, Catalogue, Model, fold
from index.introduction import called_benchmarks, called_models, families
from index.model_name import EFFORT, EFFORT_BEHIND, identity, parted, plain

# Words that begin a model's name when a version, a size or a variant follows.
FAMILIES = (
    "Claude", "GPT", "gpt", "ChatGPT", "Gemini", "gemini", "claude", "Gemma", "Llama", "LLaMA", "llama", "CodeLlama",
    "Qwen", "qwen", "QwQ", "QVQ", "DeepSeek", "deepseek", "Kimi", "Grok", "grok", "Mistral", "Mixtral", "Magistral",
    "Codestral", "CodeStral", "Ministral", "Pixtral", "Voxtral", "Devstral", "MiniMax", "GLM", "ChatGLM", "Phi", "Yi",
    "Command", "Nova", "Opus", "Sonnet", "Haiku", "Falcon", "Jamba", "Nemotron", "OLMo", "Olmo", "Granite", "Ernie",
    "ERNIE", "Hunyuan", "Doubao", "Seed", "InternLM", "InternVL", "Step", "Baichuan", "StarCoder", "WizardLM",
    "WizardCoder", "Vicuna", "PaLM", "Inflection", "Reka", "DBRX", "SmolLM", "SmolVLM", "LFM", "EXAONE",
    "Solar", "SOLAR", "Athene", "MiMo", "Ling", "Ring", "LongCat", "Palmyra", "Pangu", "Muse", "Tülu", "Tulu",
    "Hermes", "Zephyr", "MPT", "Molmo", "Aya", "Aria", "LLaVA", "CogVLM", "MiniCPM", "Orca", "Arctic", "Sonar",
    "Titan", "Stable LM", "XGen", "RWKV", "Apriel", "Trinity", "Intellect", "INTELLECT", "KAT", "Cogito", "Marco",
)  # fmt: skip
MAKERS = ("OpenAI", "Anthropic", "Google", "Meta", "xAI", "Alibaba", "Amazon")
VARIANTS = (
    "Pro", "Max", "Mini", "Nano", "Flash", "Lite", "Ultra", "Plus", "Turbo", "Opus", "Sonnet", "Haiku", "Preview",
    "Instruct", "Base", "Chat", "Coder", "Math", "VL", "Omni", "Large", "Medium", "Small", "Maverick", "Scout",
    "Behemoth", "Deep Think", "Codex", "Spark", "Air", "Exp", "Speciale", "Next", "Fast", "Heavy", "Thinking",
    "Reasoner", "Reasoning", "Distill", "Vision", "Image", "Premier", "Micro", "Nemo", "Code", "Audio", "Edge", "Core",
    "Super", "MoE", "Ins", "it", "IT", "PT", "DPO", "SFT", "RL", "Zero", "High", "Low", "Latest", "Experimental",
    "Live",
)  # fmt: skip
# Behind a known benchmark these words make another benchmark of it: SWE-bench, SWE-bench Pro.
QUALIFIERS = (
    "Verified", "Pro", "Lite", "Hard", "Diamond", "Multilingual", "Multimodal", "Telecom", "Retail", "Airline", "Plus",
    "Extended", "Redux", "Apex", "Reasoning", "Research", "Live", "Full", "Challenge", "Easy", "STEM", "CF", "ZH", "zh",
)  # fmt: skip
# Families that have a model called Medium; elsewhere it is an effort.
OF_SIZES = frozenset(
    {"phi", "mistral", "magistral", "ministral", "pixtral", "voxtral", "devstral", "codestral", "whisper"}
)
# And so does a year: USAMO 2026 is not the USAMO of 2025.
EDITION = (
    r"(?:\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)?(?:[\s-]?\(?20|\s?['’])\d\d\b\)?"
    r"(?![.,]?\d|\s?%|-\d)"
)
OF_YEAR = re.compile(r"(?P<stem>.*?[^\W\d_])[\s'’(-]*(?:20)?(?P<year>\d\d)\)?")
VARIANT = "|".join(sorted({*VARIANTS, *(each.lower() for each in VARIANTS if len(each) > 2)}, key=len, reverse=True))
SIZE = r"(?:\d{1,2}x)?\d{1,4}(?:\.\d+)?[BbM](?:-A\d+(?:\.\d+)?B)?"
VERSION = r"[vVrRkKmM]?\d{1,2}(?:\.\d{1,2}){0,2}(?:[a-z](?![a-z]))?"
PART = (
    rf"(?:(?:[\s-]{SIZE}|(?:-?{VERSION}|(?<=[A-Za-z][A-Za-z])\s[vVKRTMXS]?\d(?:\.\d{{1,2}})?)(?!\s?%"
    r"|[\s-]?(?:points|parameter|billion|million|trillion|times|months|days|shot))"
    rf"|(?:\s[A-Z])?\+|-[A-Z]\d{{1,2}}|-[Vo](?=[\s-]?\d|\b)|(?:(?<=\+)|(?<=-[Vo]))\s\d(?:\.\d)?|[\s-](?:{VARIANT})|-(?:\d{{4,8}}|\d{{2}}-\d{{2}}|20\d\d-\d\d-\d\d)|(?<=[KkVR]\d)\s\d{{4}})(?![A-Za-z]|\.\d|\d))"
)
MODEL = re.compile(
    rf"(?<![\w.])(?:(?:{'|'.join(sorted(FAMILIES, key=len, reverse=True))})(?![a-z]){PART}{{0,7}}"
    r"|o[1345](?:-(?:mini|preview|pro|high|low))*(?:-20\d\d-\d\d-\d\d)?(?![\w.]))"
)
SIZED = re.compile(
    r"(?<![\w.])(?P<stem>[A-Z][A-Za-z]+(?:[- ][A-Z][A-Za-z]+){0,2})(?P<version>-?[vV]?\d{1,2}(?:\.\d{1,2})?)?"
    rf"[\s-]{SIZE}(?:-(?:{VARIANT}|[A-Z][A-Za-z]+))*(?![\w])"
)
UNKNOWN_BENCHMARK = re.compile(
    r"(?<![\w.-])(?:(?:[A-Z][A-Za-z0-9²]*[- ]){0,2}[A-Z][A-Za-z0-9]*-?(?:[Bb]ench|BENCH|Eval|QA|Exam|Arena)"
    r"|(?:[A-Z][A-Za-z]+ ){1,2}(?:Arena|Bench|Eval|Exam))"
    r"(?:[- ]?(?:[vV]?\d(?:\.\d)?(?!\d|\.\d|\s?%)|[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?=\b)))?(?![\w])"
)
NOT_STEM = re.compile(r"(?:The|A|An|On|In|At|For|With|Our|And|But|Table|Figure|Only|Top|About|NVIDIA|RTX|Over|Under)\b")
NOT_FIRST = re.compile(
    r"(?:The|A|An|On|In|At|For|With|Our|And|But|Both|Its|Their|This|That|While|When|As|To|By|From|Your|My|His|Her|Whose|Only|Even|"
    r"These|Those|Like|Unlike|Of|Across|Under|Using|See|Also|Then|Official|New|Early|Bei|Beim|Im|Auf|Der|Die|Das|Den|Sur|Le|La|Benchmark|(?:[A-Z][a-z]+-)?Benchmark)\s"
)
NUMBERED = re.compile(r"([A-Z]\w+) \d+\.\d [A-Z]")  # "Gemini 3.1 Pro", whose sister may be called "3.2 Pro"
TOKEN = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|\+")
GAP = re.compile(r"[\s\-‑–_'’(]{0,2}")
LOOK = str.maketrans({"²": "2", "³": "3"})


class Mention(NamedTuple):
    """text[start:end] names `name`; `known` where the catalogue has it; `effort` is said with a model's name."""

    start: int
    end: int
    name: str
    known: bool
    effort: str | None = None


class Spelled:
    """Known spellings as a table of folded names, with every beginning of one, so that a text is walked once."""

    def __init__(self, entries: Iterable[Benchmark | Model]) -> None:
        self.names: dict[str, str] = {}
        self._beginnings: set[str] = set()
        self._exact: dict[str, set[str]] = {}
        for entry in entries:
            for spelling in (entry.name, *entry.aliases):
                key = fold(spelling)
                self.names[key] = entry.name
                self._beginnings.update(key[:length] for length in range(1, len(key) + 1))
                if spelling.isalpha() and (spelling.isupper() or len(spelling) <= 8):
                    # A short word with a meaning of its own: MATH is a benchmark, and math a subject.
                    self._exact.setdefault(key, set()).add(spelling)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """The longest known name at each word, in order."""
        matches = TOKEN.finditer(text.translate(LOOK))
        tokens = [(*match.span(), match[0].lower() if match[0].isascii() else fold(match[0])) for match in matches]
        resume = 0
        for place, (start, _, first) in enumerate(tokens):
            if start >= resume and first in self._beginnings and _begins(text, start):
                end = self._longest(text, tokens, place)
                if end:
                    yield start, end
                    resume = end

    def _longest(self, text: str, tokens: Sequence[tuple[int, int, str]], place: int) -> int:
        start, end, key = tokens[place]
        found = 0
        while True:
            if key in self.names and _ends(text, end) and self._is_written(key, text[start:end]):
                found = end
            place += 1
            if place == len(tokens) or not GAP.fullmatch(text, end, tokens[place][0]):
                return found
            end, key = tokens[place][1], key + tokens[place][2]
            if key not in self._beginnings:
                return found

    def _is_written(self, key: str, written: str) -> bool:
        exact = self._exact.get(key)
        return exact is None or written in exact or not written.isalpha()

    def begins(self, name: str) -> bool:
        """Does a known name begin so?"""
        return fold(name) in self._beginnings

    def glued(self, text: str) -> int:
        """How many characters of a known name a text begins with, whatever is glued behind it; 0 for none."""
        found, key = 0, ""
        for end, character in enumerate(text[:60], 1):
            if character.isalnum() or character in "+²τ" or (character == "." and text[end : end + 1].isdigit()):
                key = fold(text[:end])
                if key.endswith("."):
                    continue
                if key in self.names:
                    found = end
                if key not in self._beginnings and not (character == "." or key.rstrip("0123456789.") == ""):
                    break
            elif character not in " -‑–'’(":
                break
        return found


class Names:
    """Finds names as they are written. The longest name at a place counts, so that near names stay apart.

    `families`, `models` and `benchmarks` are what an article names and the catalogue doesn't know: first words of
    models' names, and whole names. `bare` is the family whose models it calls "3.1 Pro".
    """

    def __init__(
        self,
        catalogue: Catalogue,
        families: Iterable[str] = (),
        models: Sequence[str] = (),
        benchmarks: Iterable[str] = (),
        bare: str = "",
    ) -> None:
        self._catalogue = catalogue
        self._benchmarks = Spelled((*catalogue.benchmarks, *(Benchmark(name=name) for name in benchmarks)))
        self._models = Spelled((*catalogue.models, *(Model(name=name) for name in models)))
        self._model_names = {
            identity(spelling): entry.name for entry in catalogue.models for spelling in (entry.name, *entry.aliases)
        } | {identity(name): name for name in models}
        self._own = frozenset(models)
        self._bare = re.compile(rf"(?<![\w.-])(?<!{re.escape(bare)} )\d\.\d (?:{VARIANT})\b") if bare else None
        self._bare_family = bare
        self.units = {entry.name: entry.unit for entry in catalogue.benchmarks}
        self.developers = {entry.name: entry.developer for entry in catalogue.models}
        self._sizes = OF_SIZES | {
            entry.name.split()[0].casefold() for entry in catalogue.models if "medium" in entry.name.casefold().split()
        }
        self._maker = _makers(name for name in self.developers.values() if name)
        self._of_family = [self._family_pattern(families)] if families else []

    def learned(self, text: str, title: str = "") -> "Names":
        """These names and those that a text introduces: "Marlin2-72B" and "Inkwell 3 scores 80%" teach two families."""
        text, title = plain(text), plain(title)
        stems = {match["stem"] for match in SIZED.finditer(text) if not NOT_STEM.match(match["stem"])}
        stems |= set(families(text, title))
        own = sorted(stem for stem in stems if not self.knows_benchmark(stem) and not self._is_taken(stem))[:200]
        models = [name for name in called_models(text) if not self._is_taken(name) and name not in stems]
        benchmarks = [name for name in called_benchmarks(text) if self._is_new_benchmark(name)]
        titled = [match[1] for mention in self.models(title) if (match := NUMBERED.match(mention.name))]
        bare = titled[0] if len(set(titled)) == 1 else ""
        return Names(self._catalogue, own, models, benchmarks, bare) if own or models or benchmarks or bare else self

    def _is_new_benchmark(self, name: str) -> bool:
        known = self.benchmarks(name) or self._benchmarks.begins(name) or self._is_taken(name)
        return not known and name not in (*QUALIFIERS, *VARIANTS)

    def _is_taken(self, name: str) -> bool:
        """Is it somebody's already: a maker's, or a known model's?"""
        return bool(name in self.developers.values() or self.models(name))

    def models(self, text: str) -> list[Mention]:
        """The models that a text names, in order."""
        text = plain(text)
        found = [self._grown(text, *span) for span in self._models.find(text)]
        for pattern in (MODEL, SIZED, *self._of_family):
            found.extend(_trimmed(match) for match in pattern.finditer(text) if not NOT_STEM.match(match[0]))
        mentions = [self._model_at(text, start, end) for start, end in found]
        sisters = self._bare.finditer(text) if self._bare else ()
        mentions += [Mention(*each.span(), self.model(f"{self._bare_family} {each[0]}"), True) for each in sisters]
        return _longest(mentions)

    def benchmarks(self, text: str) -> list[Mention]:
        """The benchmarks that a text names, in order."""
        known = self._benchmarks.names
        found = [(start, self._qualified(text, end)) for start, end in self._benchmarks.find(text)]
        for match in UNKNOWN_BENCHMARK.finditer(text):
            first = NOT_FIRST.match(match[0])
            found.append((match.start() + (first.end() if first else 0), match.end()))
        return _longest(
            Mention(start, end, self.benchmark(text[start:end]), fold(text[start:end]) in known) for start, end in found
        )

    def model(self, written: str) -> str:
        """The one name of a model, however it is written."""
        return self.model_with_effort(written)[0]

    def model_with_effort(self, written: str) -> tuple[str, str | None]:
        """The one name of a model, and the effort that is said with it: "gpt-5-4 xhigh" is GPT-5.4 at xhigh."""
        whole = " ".join(plain(written).split())
        name, effort = parted(whole, self._model_names, self._sizes)
        unversioned = re.sub(r"[\s-]+[Pp]review$", "", name)
        bare = self._without_maker(name)
        for shorter in (name, unversioned, bare):
            if identity(shorter) in self._model_names:
                return self._model_names[identity(shorter)], effort
        return f"Claude {bare}" if re.match(r"(?:Opus|Sonnet|Haiku)\b", bare) else bare, effort

    def _without_maker(self, name: str) -> str:
        """ "Anthropic's Opus 9.7" is Opus 9.7; "Mistral Large" begins with a family, which is part of the name."""
        match = self._maker.match(name)
        rest = name[match.end() :] if match else ""
        return rest if rest and (MODEL.match(rest) or self._models.begins(rest.split()[0])) else name

    def benchmark(self, written: str) -> str:
        """The one name of a benchmark, however it is written."""
        plain = " ".join(written.split())
        return self._benchmarks.names.get(fold(plain)) or self._edition(plain) or plain

    def _edition(self, plain: str) -> str | None:
        """One spelling for a year that the catalogue doesn't have: "USAMO-2026", "USAMO '26" → "USAMO 2026"."""
        match = OF_YEAR.fullmatch(plain)
        stem = self._benchmarks.names.get(fold(match["stem"])) if match else None
        if match is None or stem is None:
            return None
        written = re.sub(r"\s*20\d\d$", "", stem)
        name = f"{written} 20{match['year']}"
        is_year = re.search(r"20\d\d\)?$|['’]\d\d\)?$", plain) is not None
        return self._benchmarks.names.get(fold(name), name) if is_year else None

    def glued_model(self, text: str) -> int:
        """How many characters of a model's name a text begins with, whatever is glued behind it; 0 for none."""
        return self._models.glued(text)

    def glued_benchmark(self, text: str) -> int:
        """How many characters of a benchmark's name a text begins with, whatever is glued behind it; 0 for none."""
        return self._benchmarks.glued(text)

    def knows_benchmark(self, written: str) -> bool:
        """Is this, as a whole, a known benchmark's name?"""
        return fold(written) in self._benchmarks.names

    def _model_at(self, text: str, start: int, end: int) -> Mention:
        """A model and the effort behind it; "GPT-5.4 high scores" are no effort."""
        name, effort = self.model_with_effort(text[start:end])
        if effort and (written := EFFORT.search(text[start:end])):
            end, effort = start + written.start(), None
        behind = EFFORT_BEHIND.match(text, end)
        if behind:
            name, effort = self.model_with_effort(text[start : behind.end()])
            end = behind.end() if effort else end
        return Mention(start, end, name, name in self.developers or name in self._own, effort)

    def _qualified(self, text: str, end: int) -> int:
        match = re.compile(
            rf"(?:[\s-](?:{'|'.join(QUALIFIERS)})\b|-\d+(?![\d.%])|\s\d\.\d\b(?!\d*\s*%)|{EDITION})"
        ).match(text, end)
        if match is None or (match[0].strip(" -")[0].isdigit() and text[end - 1].isdigit()):
            return end
        return match.end()

    def _grown(self, text: str, start: int, end: int) -> tuple[int, int]:
        """A known name with a part behind it that makes another model of it: GPT-5.4, GPT-5.4 nano."""
        match = re.compile(rf"(?:{PART}){{0,5}}").match(text, end)
        grown = (start, match.end() if match else end)
        return grown if _ends(text, grown[1]) else (start, end)

    def _family_pattern(self, families: Iterable[str]) -> re.Pattern[str]:
        stems = "|".join(re.escape(stem) for stem in sorted(families, key=len, reverse=True))
        return re.compile(rf"(?<![\w.])(?:{stems})(?![a-z])(?:{PART}){{1,6}}(?:-[A-Z][A-Za-z]+)?(?!\w)")


def _makers(developers: Iterable[str]) -> re.Pattern[str]:
    """Who makes models, written before a model's name; the first word of a maker's name stands for the whole."""
    names = {spelling for name in developers for spelling in (name, name.split()[0]) if spelling not in FAMILIES}
    listed = "|".join(re.escape(name) for name in sorted({*names, *MAKERS}, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?:{listed})(?:['’]s)?[ -]")


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.start() + len(match[0].rstrip())


def _begins(text: str, start: int) -> bool:
    return start == 0 or not (
        text[start - 1].isalnum() or (text[start - 1] == "." and text[start - 2 : start - 1].isalnum())
    )


def _ends(text: str, end: int) -> bool:
    follows = text[end : end + 2]
    if not follows:
        return True
    return not (follows[0].isalnum() or follows[0] == "_" or (follows[0] == "." and follows[1:].isdigit()))


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda each: (each.start, each.start - each.end)):
        if mention.end <= mention.start:
            continue
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept
