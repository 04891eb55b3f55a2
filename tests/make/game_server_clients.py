"""The published plugins of game servers: what each of them puts on the wire, byte for byte where it is odd."""

import json
from dataclasses import dataclass

import httpx2

from tests.contract.client import ContractClient
from tests.make.delivery import LINK, QUEUE

JAVA = {"Content-Type": "application/json", "Accept": "application/json"}
EVENTS = "/v1/delivery/events"


@dataclass(frozen=True)
class Official:
    """One published client. Its requests are the bytes that it puts on the wire."""

    name: str
    headers: dict[str, str]
    link: bytes
    shown_as: tuple[str, str]  # ip and host name
    nobody: bytes
    player: bytes  # the poll while our player is online
    events: bytes | None = None  # the report that our player joined twice, in its odder spellings
    poll: str = f"{QUEUE}/"
    acknowledge: tuple[str, str] = ("DELETE", f"{QUEUE}/")


MINECRAFT = Official(
    "minecraft",
    JAVA | {"User-Agent": "Apache-HttpClient/4.5.14 (Java/17.0.9)", "Accept-Encoding": "gzip,deflate"},
    # ISO-8859-1 without saying so: the section sign of a MOTD is the single byte 0xA7.
    b'{"ip":":25565","hostname":"\xa76\xa7lGold \xa7rServer","platform":"Minecraft","version":"1.0.1"}',
    (":25565", "§6§lGold §rServer"),
    b'{"customer_names":[],"minecraft_uuids":[]}',
    b'{"customer_names":["jeb_"],"minecraft_uuids":["853c80ef-3c37-49fd-aa49-938b674adae6"]}',
    events=b'[{"event":"player_join","timestamp":"2026-03-01T10:00:05Z","player_join":{"ip_address":"null",'
    b'"minecraft_uuid":"853c80ef-3c37-49fd-aa49-938b674adae6"}},{"event":"player_join","timestamp":"2026-03-01T10:00:06Z",'
    b'"player_join":{"ip_address":"192.0.2.7","minecraft_uuid":"853c80ef-3c37-49fd-aa49-938b674adae6"}}]',
)
HYTALE = Official(
    "hytale",
    JAVA | {"User-Agent": "Java-http-client/25.0.1"},
    '{"ip":"Hytale Server","hostname":"Höhle ★","platform":"Hytale","version":"0.0.8"}'.encode(),
    ("Hytale Server", "Höhle ★"),
    b'{"customer_names":[],"hytale_uuids":[]}',
    b'{"customer_names":["somebody else"],"hytale_uuids":["853C80EF3C3749FDAA49938B674ADAE6"]}',
)
RUST = Official(
    "rust",
    {"Content-Type": "application/json"},
    b'{"ip":"0.0.0.0:28015","hostname":"[EU] Main | 2x","platform":"Rust","version":"0.0.18"}',
    ("0.0.0.0:28015", "[EU] Main | 2x"),
    b'{"steam_ids":[]}',
    b'{"steam_ids":["76561197960287930"]}',
    events=b'[{"event":"player_join","timestamp":"2026-03-01T10:00:05.0000000Z","player_join":{"ip_address":"null",'
    b'"steam_id":"76561197960287930"}},{"event":"player_join","timestamp":"2026-03-01T10:00:06.0000000Z",'
    b'"player_join":{"ip_address":"192.0.2.7:51234","steam_id":"76561197960287930"}}]',
)
GMOD = Official(
    "gmod",
    {"Content-Type": "application/json", "User-Agent": "Valve/Steam HTTP Client 1.0 (4000)"},
    b'{"ip":"0.0.0.0:27015","hostname":"","platform":"gmod","version":"1.0.0"}',
    ("0.0.0.0:27015", ""),
    b'{"steam_ids":[]}',
    b'{"steam_ids":["90071996842377216","76561197960287930"]}',
    poll=QUEUE,
    acknowledge=("POST", f"{QUEUE}/acknowledge"),
    events=b'[{"event":"player_join","timestamp":"2026-03-01T10:00:05Z","player_join":{"ip_address":"",'
    b'"steam_id":"76561197960287930"}},{"event":"player_join","timestamp":"2026-03-01T10:00:06Z",'
    b'"player_join":{"ip_address":"192.0.2.7:27005","steam_id":"76561197960287930"}}]',
)
FIVEM = Official(
    "fivem",
    {"Content-Type": "application/json", "Accept": "application/json, text/plain, */*"},
    b'{"ip":"0.0.0.0","hostname":"default FXServer","platform":"fivem","version":"0.0.4"}',
    ("0.0.0.0", "default FXServer"),  # noqa: S104 - what the client says, not where anybody listens
    b'{"steam_ids":[]}',
    b'{"steam_ids":["76561197960287930"]}',
)
ALL = (MINECRAFT, HYTALE, RUST, GMOD, FIVEM)


@dataclass(frozen=True)
class Speaker:
    """A client that speaks with its server's token."""

    http: ContractClient
    official: Official

    async def link(self) -> httpx2.Response:
        """Introduce the server."""
        return await self.http.post(LINK, content=self.official.link, headers=self.official.headers)

    async def poll(self, body: bytes | None = None) -> httpx2.Response:
        """Ask for commands; nobody is online unless told otherwise."""
        content = self.official.nobody if body is None else body
        return await self.http.post(self.official.poll, content=content, headers=self.official.headers)

    async def acknowledge(self, ids: list[str]) -> httpx2.Response:
        """Say that these ran."""
        method, path = self.official.acknowledge
        content = json.dumps([{"attempt_id": id} for id in ids]).encode()
        return await self.http.request(method, path, content=content, headers=self.official.headers)

    async def report(self) -> httpx2.Response:
        """Say who joined, if this client does."""
        return await self.http.post(EVENTS, content=self.official.events, headers=self.official.headers)
