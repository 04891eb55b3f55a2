"""The first three rows of the budgets: read one customer, list 100, create one durably."""

import itertools
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from bench.data import FIRST_STEAM_ID, Seeded
from bench.load import Client, Exchange, Feed, Wrong, request
from bench.servers import Server

LISTED = 100
TRIMMED = 8  # a fraction of a second may be written shorter, or left out
_numbers = itertools.count(10_000_000)


@dataclass(frozen=True)
class Operation:
    """One thing to measure, with its budgets of design §8: the share of the floor, and how many times the twin."""

    name: str
    of_floor: float
    of_twin: dict[str, float]
    exchange: Callable[[Seeded], bytes]


def read_one(seeded: Seeded) -> bytes:
    """A customer chosen at random."""
    id = random.choice(seeded.customers)
    return request("GET", f"/v1/stores/{seeded.store_id}/customers/{id}", seeded.authorization)


def list_newest(seeded: Seeded) -> bytes:
    """The newest 100."""
    return request("GET", f"/v1/stores/{seeded.store_id}/customers?limit={LISTED}", seeded.authorization)


def create(seeded: Seeded) -> bytes:
    """A customer whom no server has yet."""
    number = next(_numbers)
    body = {"steam_id": str(FIRST_STEAM_ID + number), "name": f"player_{number}", "metadata": {"rank": "member"}}
    return request("POST", f"/v1/stores/{seeded.store_id}/customers", seeded.authorization, msgspec.json.encode(body))


OPERATIONS = (
    Operation("read one customer", 0.70, {"SQLite": 12, "PostgreSQL": 8}, read_one),
    Operation("list 100 customers", 0.80, {"SQLite": 7, "PostgreSQL": 5}, list_newest),
    Operation("durable create", 0.80, {"SQLite": 14, "PostgreSQL": 8}, create),
)


async def compare(servers: Sequence[Server], seeded: Seeded) -> None:
    """Raise Wrong unless all give the same customer and the same list, and create what they were sent."""
    fixed = f"/v1/stores/{seeded.store_id}/customers/{seeded.customers[0]}"
    for path in (fixed, f"/v1/stores/{seeded.store_id}/customers?limit={LISTED}"):
        answers = {
            server.kind: msgspec.json.decode(await ask(server, request("GET", path, seeded.authorization)))
            for server in servers
        }
        first = next(iter(answers.values()))
        for kind, answer in answers.items():
            if answer != first:
                raise Wrong(f"{kind} answers GET {path} otherwise than the others: {answer} and not {first}")


async def ask(server: Server, sent: bytes) -> bytes:
    """One request on a connection of its own."""
    async with Client(server.port) as client:
        return await client.ask(sent)


async def feed_for(server: Server, operation: Operation, seeded: Seeded) -> Callable[[], Feed]:
    """Requests of one kind without end. All customers are equally long, so one answer tells the length of all."""
    length = len(await ask(server, operation.exchange(seeded)))
    lengths = range(length - TRIMMED, length + TRIMMED + 1) if operation.exchange is create else range(length, length + 1)

    def feed() -> Feed:
        if operation.exchange is create:
            return (Exchange(create(seeded), lengths) for _ in itertools.count())
        return itertools.cycle([Exchange(operation.exchange(seeded), lengths) for _ in range(len(seeded.customers))])

    return feed
