"""Rounds of load in turn: a, b, c, a, b, c … so that whatever else the machine does hits all alike."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.load import Feed, Sample, hammer
from bench.servers import Server

WARM_UP = 0.4  # of a round


@dataclass(frozen=True)
class Effort:
    """How long and how hard."""

    rounds: int = 5
    seconds: float = 0.7  # of one round
    connections: int = 16


@dataclass(frozen=True)
class Result:
    """Medians over the rounds."""

    rate: float  # answers a second
    p50: float  # seconds
    p99: float  # seconds
    cpu: float  # seconds of the server's processor time for one answer

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> "Result":
        """The medians of some rounds."""
        return cls(
            median(sample.rate for sample in samples),
            median(sample.percentile(0.5) for sample in samples),
            median(sample.percentile(0.99) for sample in samples),
            median(sample.cpu_each for sample in samples),
        )


async def in_turn(servers: Sequence[Server], feeds: Mapping[str, Callable[[], Feed]], effort: Effort) -> dict[str, Result]:
    """Load each server with its feed, round after round; results by kind."""
    return {kind: Result.of(taken) for kind, taken in (await sampled(servers, feeds, effort)).items()}


async def sampled(
    servers: Sequence[Server], feeds: Mapping[str, Callable[[], Feed]], effort: Effort
) -> dict[str, list[Sample]]:
    """Load each server with its feed, once to warm up and then round after round; what each round measured, by kind."""
    samples: dict[str, list[Sample]] = {server.kind: [] for server in servers}
    for number in range(effort.rounds + 1):
        seconds = effort.seconds if number else effort.seconds * WARM_UP
        for server in servers:
            before = server.cpu()
            sample = await hammer(server.port, feeds[server.kind](), seconds=seconds, connections=effort.connections)
            sample.cpu = server.cpu() - before
            if number:
                samples[server.kind].append(sample)
    return samples
