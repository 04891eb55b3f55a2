"""Buying: opening checkouts, completing them one by one and sixteen at a time, delivering, and empty polls."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from bench.data import Seeded
from bench.load import Accept, Client, Exchange, Feed, Sample, Wrong, hammer, request
from bench.servers import Server
from bench.shop import NOBODY, PAID, QUEUE, Shelf, new_checkout, payment_path

CLIENTS, POLLERS = 16, 8
ALONE, TOGETHER = 50, 400  # purchases in one round: one after the other, and by so many clients
ANY_LENGTH = range(1, 100_000)
COMMANDS = 2  # of each purchase
LONG_POLL = 20  # seconds
SETTLING = 0.02  # seconds after which a poll has found nothing and waits
PATIENCE = 30.0  # seconds until everything that was bought must have been offered to the game server


@dataclass
class Till:
    """One server that sells: how a checkout is opened there, and how it is completed."""

    server: Server
    opening: Callable[[], bytes]
    completing: Callable[[str], bytes]


@dataclass
class Sales:
    """The rounds of one server."""

    opened: list[Sample] = field(default_factory=list)
    alone: list[Sample] = field(default_factory=list)
    together: list[Sample] = field(default_factory=list)
    delivered: list[float] = field(default_factory=list)  # purchases a second, until the last command was offered


class Token(msgspec.Struct):
    """The part of an opened checkout that completes it."""

    token: str


def tills(sutler: Server, floor: Server, shelf: Shelf, seeded: Seeded) -> tuple[Till, Till]:
    """The two servers that sell."""
    path, key = f"/v1/stores/{seeded.store_id}", seeded.authorization
    customers, paid = itertools.cycle(seeded.customers), msgspec.json.encode(PAID)

    def opening() -> bytes:
        return request("POST", f"{path}/checkouts", key, msgspec.json.encode(new_checkout(shelf, next(customers))))

    def paying(token: str) -> bytes:
        return request("POST", path + payment_path(token), key, paid)

    def creating() -> bytes:
        return request("POST", f"{path}/create", key)

    def completing(token: str) -> bytes:
        return request("POST", f"{path}/complete/{token}", key)

    return Till(sutler, opening, paying), Till(floor, creating, completing)


async def sell(both: Sequence[Till], shelf: Shelf, rounds: int) -> dict[str, Sales]:
    """Rounds of purchases in turn; results by kind. After each, Sutler's game server takes what was bought."""
    sales = {till.server.kind: Sales() for till in both}
    for number in range(rounds + 1):
        for till in both:
            await round_of(till, shelf, sales[till.server.kind] if number else Sales())
    return sales


async def round_of(till: Till, shelf: Shelf, sales: Sales) -> None:
    """Open, complete one by one, complete together, deliver."""
    opened = Opened()
    sales.opened.append(await timed(till, (till.opening() for _ in range(ALONE + TOGETHER)), CLIENTS, opened))
    requests = map(till.completing, opened.tokens)
    sales.alone.append(await timed(till, itertools.islice(requests, ALONE), 1, completed))
    if till.server.kind == "sutler":
        await deliver(till.server, shelf, ALONE * COMMANDS)
    began = time.perf_counter()
    sales.together.append(await timed(till, requests, CLIENTS, completed))
    if till.server.kind == "sutler":
        await deliver(till.server, shelf, TOGETHER * COMMANDS)
        sales.delivered.append(TOGETHER / (time.perf_counter() - began))


class Opened:
    """Takes the tokens out of the answers."""

    def __init__(self) -> None:
        self.tokens: list[str] = []

    def __call__(self, body: bytes) -> bool:
        """Keep one."""
        self.tokens.append(msgspec.json.decode(body, type=Token).token)
        return True


def completed(body: bytes) -> bool:
    """Whether an order is paid."""
    return b'"status":"completed"' in body


async def timed(till: Till, requests: Iterable[bytes], clients: int, accept: Accept) -> Sample:
    """Load, and what it cost the server."""
    before, feed = till.server.cpu(), (Exchange(sent, ANY_LENGTH) for sent in requests)
    sample = await hammer(till.server.port, feed, connections=clients, accept=accept)
    sample.cpu = till.server.cpu() - before
    return sample


class Command(msgspec.Struct):
    """The part of a queued command that acknowledges it."""

    attempt_id: str


EMPTY = msgspec.json.encode(NOBODY)


def poll(shelf: Shelf) -> bytes:
    """What a game server asks again and again."""
    return request("POST", QUEUE, f"Gameserver {shelf.token}", EMPTY)


async def deliver(server: Server, shelf: Shelf, expected: int) -> None:
    """Poll and acknowledge like a game server until so many commands have come; raises Wrong when they don't."""
    deadline, taken = time.monotonic() + PATIENCE, set[str]()
    async with Client(server.port) as client:
        while len(taken) < expected:
            offered = msgspec.json.decode(await client.ask(poll(shelf)), type=list[Command])
            again = taken.intersection(command.attempt_id for command in offered)
            if again or time.monotonic() > deadline:
                raise Wrong(f"{len(taken)} of {expected} commands were offered; offered twice: {sorted(again)[:3]}")
            taken.update(command.attempt_id for command in offered)
            if offered:
                sent = msgspec.json.encode(offered)
                await client.ask(request("DELETE", QUEUE, f"Gameserver {shelf.token}", sent))


async def handed_over(till: Till, shelf: Shelf, purchases: int) -> Sample:
    """One purchase after the other while the game server waits: from the payment until it has the commands."""
    sample, waiting = Sample(), request("POST", f"{QUEUE}?wait={LONG_POLL}", f"Gameserver {shelf.token}", EMPTY)
    began = time.perf_counter()
    async with Client(till.server.port) as buyer, Client(till.server.port) as plugin:
        for _ in range(purchases):
            token = msgspec.json.decode(await buyer.ask(till.opening()), type=Token).token
            poll_under_way = asyncio.create_task(plugin.ask(waiting))
            await asyncio.sleep(SETTLING)
            paid = time.perf_counter()
            await buyer.ask(till.completing(token))
            commands = msgspec.json.decode(await poll_under_way, type=list[Command])
            sample.latencies.append(time.perf_counter() - paid)
            if len(commands) != COMMANDS:
                raise Wrong(f"{len(commands)} commands of a purchase came at once instead of {COMMANDS}")
            sent = msgspec.json.encode(commands)
            await plugin.ask(request("DELETE", QUEUE, f"Gameserver {shelf.token}", sent))
    sample.seconds = time.perf_counter() - began
    return sample


def empty_polls(shelf: Shelf) -> Feed:
    """Polls of a queue in which nothing waits: two bytes, `[]`."""
    return itertools.repeat(Exchange(poll(shelf), range(2, 3)))
