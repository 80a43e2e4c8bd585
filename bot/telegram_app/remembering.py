"""A question in → its answer, worked out once for as long as the articles stay as they are, out."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from bot.answer import Answer

REMEMBERED = 1_000  # answers, some 20 kB each; buttons and readers of the same news ask the same again

Asked = tuple[str, tuple[str, ...]]


class Remembering:
    """The last answers of one generation of the index; safe from several threads. What failed is not remembered."""

    def __init__(self, answer: Callable[[str, Sequence[str]], Answer], generation: Callable[[], str]) -> None:
        self._answer, self._generation = answer, generation
        self._known: OrderedDict[tuple[str, Asked], Answer] = OrderedDict()
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Every answer, and with it every question."""
        with self._lock:
            self._known.clear()

    def answer(self, question: str, history: tuple[str, ...]) -> Answer:
        """What was answered before, or a new answer."""
        key = self._generation(), (question, history)
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        answer = self._answer(question, history)
        if self._generation() == key[0]:  # else it may come from either
            with self._lock:
                self._known[key] = answer
                if len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        return answer
