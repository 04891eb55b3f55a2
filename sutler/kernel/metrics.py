"""What the process measures about itself, in the text format of Prometheus."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.metrics_core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)  # seconds


class Requests(Collector):
    """Counts answered requests in plain lists: a fraction of a labelled histogram's cost. The rest waits for a scrape."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, int], list[int]] = {}
        self._seconds: dict[tuple[str, int], float] = {}

    def count(self, operation: str, status: int, seconds: float) -> None:
        """Count one."""
        key = operation, status
        counts = self._counts.get(key)
        if counts is None:
            counts = self._counts[key] = [0] * (len(BUCKETS) + 1)
            self._seconds[key] = 0.0
        counts[bisect_left(BUCKETS, seconds)] += 1
        self._seconds[key] += seconds

    def collect(self) -> Iterator[Metric]:
        """Everything counted so far, in the form that the exposition wants: buckets that include the smaller ones."""
        family = HistogramMetricFamily("sutler_request_seconds", "Time to answer a request.", labels=["operation", "status"])
        for (operation, status), counts in tuple(self._counts.items()):
            total, buckets = 0, list[tuple[str, float]]()
            for bound, number in zip((*BUCKETS, "+Inf"), counts, strict=True):
                total += number
                buckets.append((str(bound), total))
            family.add_metric([operation, str(status)], buckets, self._seconds[operation, status])
        yield family


class Watch:
    """Counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Requests()
        self.registry.register(self._requests)
        self._jobs = Counter("sutler_jobs", "Jobs run.", ["kind", "outcome"], registry=self.registry)
        self._slow_turns = Counter("sutler_slow_writes", "Turns with SQLite's writer over 50 ms.", registry=self.registry)
        self._streams = Gauge("sutler_streams", "Answers that go on.", ["operation"], registry=self.registry)
        self.request = self._requests.count

    @contextmanager
    def streaming(self, operation: str) -> Iterator[None]:
        """An answer goes on inside."""
        gauge = self._streams.labels(operation)
        gauge.inc()
        try:
            yield
        finally:
            gauge.dec()

    def job(self, kind: str, outcome: str) -> None:
        """Count one run of a job: `done`, `failed` or `gave_up`."""
        self._jobs.labels(kind, outcome).inc()

    def slow_turn(self, _what: str, _seconds: float) -> None:
        """Count a write that held up SQLite's only writer; the log has its length."""
        self._slow_turns.inc()
