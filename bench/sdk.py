"""What a call through the Python SDK costs its caller, next to the same call written by hand with httpx2."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median
from time import perf_counter, thread_time

import httpx2

from bench.data import Seeded
from bench.load import HOST, Wrong
from bench.servers import Server
from sutler_sdk import AsyncManagementClient, ManagementClient

CALLS = 300  # in a round
BUDGET, IMPORT_BUDGET = 1.3, 0.150  # times the cost by hand; seconds
IMPORT = """
from time import perf_counter, process_time
wall, cpu = perf_counter(), process_time()
import sutler_sdk
sutler_sdk.ManagementClient, sutler_sdk.StorefrontClient, sutler_sdk.GameServerClient, sutler_sdk.webhooks
print(perf_counter() - wall, process_time() - cpu)
"""


@dataclass(frozen=True)
class Cost:
    """Seconds for one call, medians over the rounds: on the clock, and of the caller's processor."""

    wall: float
    cpu: float


Read = Callable[[str], str]  # from the id of a customer to the id in the answer
AwaitedRead = Callable[[str], Awaitable[str]]


async def measure(server: Server, seeded: Seeded, rounds: int, calls: int = CALLS) -> dict[str, Cost]:
    """Blocking and awaited calls in turn, through the SDK and by hand; the first round warms up."""
    url, key = f"http://{HOST}:{server.port}", seeded.authorization.partition(" ")[2]
    path, headers = f"{url}/v1/stores/{seeded.store_id}/customers/", {"Authorization": seeded.authorization}
    with ManagementClient(seeded.store_id, key, base_url=url) as client, httpx2.Client(headers=headers) as http:
        blocking: dict[str, Read] = {
            "SDK, blocking": lambda one: client.customers.get_customer_by_id(one).id,
            "httpx2, blocking": lambda one: str(http.get(path + one).raise_for_status().json()["id"]),
        }
        found = await asyncio.to_thread(in_turn, blocking, seeded.customers, rounds, calls)
    async with (
        AsyncManagementClient(seeded.store_id, key, base_url=url) as awaited,
        httpx2.AsyncClient(headers=headers) as http_awaited,
    ):

        async def by_sdk(id: str) -> str:
            return (await awaited.customers.get_customer_by_id(id)).id

        async def by_hand(id: str) -> str:
            return str((await http_awaited.get(path + id)).raise_for_status().json()["id"])

        awaiting: dict[str, AwaitedRead] = {"SDK, awaited": by_sdk, "httpx2, awaited": by_hand}
        return found | await in_turn_awaited(awaiting, seeded.customers, rounds, calls)


def in_turn(reads: dict[str, Read], ids: Sequence[str], rounds: int, calls: int) -> dict[str, Cost]:
    """Round after round, each way of calling in turn."""
    taken: dict[str, list[Cost]] = {name: [] for name in reads}
    for number in range(rounds + 1):
        for name, read in reads.items():
            wall, cpu = perf_counter(), thread_time()
            for id in islice(cycle(ids), calls):
                check(id, read(id))
            note(taken[name], number, (perf_counter() - wall) / calls, (thread_time() - cpu) / calls)
    return {name: middle(costs) for name, costs in taken.items()}


async def in_turn_awaited(reads: dict[str, AwaitedRead], ids: Sequence[str], rounds: int, calls: int) -> dict[str, Cost]:
    """The same, awaited."""
    taken: dict[str, list[Cost]] = {name: [] for name in reads}
    for number in range(rounds + 1):
        for name, read in reads.items():
            wall, cpu = perf_counter(), thread_time()
            for id in islice(cycle(ids), calls):
                check(id, await read(id))
            note(taken[name], number, (perf_counter() - wall) / calls, (thread_time() - cpu) / calls)
    return {name: middle(costs) for name, costs in taken.items()}


def check(wanted: str, got: str) -> None:
    """Wrong answers are not worth measuring."""
    if got != wanted:
        raise Wrong(f"asked for customer {wanted}, the SDK's server answered {got}")


def note(costs: list[Cost], number: int, wall: float, cpu: float) -> None:
    """Keep what a round cost, unless it warmed up."""
    if number:
        costs.append(Cost(wall, cpu))


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians."""
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def import_time(times: int) -> Cost:
    """Seconds to import the SDK with its three clients and webhooks in a fresh Python: medians."""
    command = [sys.executable, "-c", IMPORT]
    printed = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(times)]
    return middle([Cost(float(wall), float(cpu)) for wall, cpu in printed])


def rows(costs: dict[str, Cost]) -> list[list[str]]:
    """A row for each way of calling."""
    found = []
    for kind in ("blocking", "awaited"):
        ours, theirs = costs[f"SDK, {kind}"], costs[f"httpx2, {kind}"]
        ratio = f"{ours.wall / theirs.wall:.2f} × · {ours.cpu / theirs.cpu:.2f} ×"
        found += [
            [f"read one customer, {kind}: SDK", *cells(ours), ratio, f"≤ {BUDGET:g} ×"],
            ["… httpx2 by hand", *cells(theirs), "", ""],
        ]
    return found


def cells(cost: Cost) -> list[str]:
    """The numbers of one row."""
    return [f"{cost.wall * 1e6:,.0f}", f"{cost.cpu * 1e6:,.0f}"]


HEAD = ("", "µs a call", "caller's CPU µs", "by hand: time · CPU", "budget")


def import_row(cost: Cost) -> list[str]:
    """How long the import takes."""
    return ["import sutler_sdk, all clients", *cells(cost), "", f"< {IMPORT_BUDGET * 1000:g} ms"]
