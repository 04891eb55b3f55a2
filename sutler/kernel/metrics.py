"""What the process measures about itself, in the text format of Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Histogram

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Watch:
    """Counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter("sutler_requests", "Requests answered.", ["operation", "status"], registry=self.registry)
        self._seconds = Histogram(
            "sutler_request_seconds", "Time to answer a request.", ["operation"], buckets=BUCKETS, registry=self.registry
        )
        self._jobs = Counter("sutler_jobs", "Jobs run.", ["kind", "outcome"], registry=self.registry)
        self._slow_turns = Counter("sutler_slow_writes", "Turns with SQLite's writer over 50 ms.", registry=self.registry)
        self._known: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def request(self, operation: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        known = self._known.get((operation, status))
        if known is None:  # looking up labels costs more than counting
            known = self._requests.labels(operation, str(status)), self._seconds.labels(operation)
            self._known[operation, status] = known
        known[0].inc()
        known[1].observe(seconds)

    def job(self, kind: str, outcome: str) -> None:
        """Count one run of a job: `done`, `failed` or `gave_up`."""
        self._jobs.labels(kind, outcome).inc()

    def slow_turn(self, seconds: float) -> None:
        """Count a write that held up SQLite's only writer."""
        self._slow_turns.inc()
