"""What happens in the bot in → counts and times as Prometheus reads them, out. Home of prometheus-client."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class Metrics:
    """Counters of one bot. They hold no words, no names and no ids."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.updates = Counter("presscheck_updates", "Updates handled", registry=self._registry)
        self.failures = Counter("presscheck_failures", "Updates that ended in an apology", registry=self._registry)
        self.answers = Counter("presscheck_answers", "Answers by kind", ["kind"], registry=self._registry)
        self.answering = Histogram(
            "presscheck_answer_seconds", "Time to an answer", buckets=SECONDS, registry=self._registry
        )
        self.requests = Counter(
            "presscheck_telegram_requests", "Requests to Telegram", ["method", "outcome"], registry=self._registry
        )
        self.unsaved = Gauge(
            "presscheck_unsaved_changes", "Changes of the state that the file doesn't have yet", registry=self._registry
        )

    def text(self) -> bytes:
        """All of them, in Prometheus's text format."""
        return generate_latest(self._registry)
