"""Stand-ins for Steam, Mojang, GeyserMC and VIES on this machine, and settings that lead to them."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

from sutler import settings
from sutler.customers.player_lookups import service as lookups

Answer = tuple[int, bytes]
UUID = "069a79f4-44e9-4726-a5be-fca90e38aaf5"


@dataclass
class Platforms:
    """What the stand-ins answer: by default that they know nobody. `answer` gets the path, or the body of a POST."""

    answer: Callable[[str], Answer] = lambda _: (404, json.dumps({"errorMessage": "nobody"}).encode())
    delay: float = 0.0
    asked: list[str] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def platforms() -> AsyncIterator[Platforms]:
    """All services as one server on 127.0.0.1; every setting leads to it."""
    said = Platforms()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lengths = [int(line[15:]) for line in head.lower().split("\r\n") if line.startswith("content-length:")]
            question = (await reader.readexactly(sum(lengths))).decode() or head.split(" ")[1]
            said.asked.append(question)
            said.heard.set()
            await asyncio.sleep(said.delay)
            status, body = said.answer(question)
            writer.write(b"HTTP/1.1 %d .\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % (status, len(body)) + body)
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        lead_to(address)
        yield said


def lead_to(address: str) -> None:
    """Let every service be at this address, and none be left alone for what it did before."""
    settings.install(
        replace(
            settings.settings(), profiles=True, steam_api_key="secret", steam_api_url=address, mojang_api_url=address,
            geyser_api_url=address, vies_url=address, steam_openid_url=f"{address}/openid/login",
            minecraft_avatar_url="https://heads.example/{uuid}.png",
        )
    )  # fmt: skip
    lookups.forget_failures()


def found(**members: object) -> Answer:
    """An answer with these members."""
    return 200, json.dumps(members).encode()


def steam_player(steam_id: str, name: str, avatar: str = "https://avatars.example/full.jpg") -> Answer:
    """What Steam answers about one account."""
    return found(response={"players": [{"steamid": steam_id, "personaname": name, "avatarfull": avatar}]})


def java_player(name: str, uuid: str = UUID) -> Answer:
    """What Mojang answers about one account."""
    return found(id=uuid.replace("-", ""), name=name)
