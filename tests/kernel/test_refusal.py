"""Where calls to the outside never go, whatever a URL or a name server says."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from sutler.kernel.outside.http import Outside, Refused, Unreachable
from tests.kernel.stand_ins import NameServer
from tests.kernel.test_addresses import ADDRESSES, SPELLINGS, in_url

NAME = "https://shop.example/hook"
PUBLIC = "93.184.216.34"
FORMS = [*ADDRESSES, *SPELLINGS]


@dataclass
class Sockets:
    """The internet sockets that were made since the watch began, and what they were to connect to."""

    opened: int = 0
    connected: list[str] = field(default_factory=list)


@pytest.fixture
def sockets(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sockets]:
    """Counts internet sockets and lets none of them reach the network."""
    watch, real = Sockets(), socket.socket

    class Watched(real):  # type: ignore[misc, valid-type] # the base is the class that is being replaced
        def __init__(self, family: int = -1, kind: int = -1, protocol: int = -1, fileno: int | None = None) -> None:
            internet = fileno is None and family in (-1, socket.AF_INET, socket.AF_INET6)
            watch.opened += internet
            if internet:
                super().__init__(socket.AF_UNIX, socket.SOCK_STREAM)
            else:
                super().__init__(family, kind, protocol, fileno)

        def connect(self, address: Any) -> None:
            watch.connected.append(address[0])
            raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "socket", Watched)
    yield watch
    assert set(watch.connected) <= {PUBLIC, "1.1.1.1", "2606:4700::1111"}


class TestRefusal:
    def test_is_tried_with_at_least_200_forms(self) -> None:
        assert len(set(FORMS)) >= 200

    @pytest.mark.parametrize("form", FORMS)
    async def test_covers_literal_addresses(self, form: str, sockets: Sockets) -> None:
        names = NameServer([PUBLIC])

        async with Outside(resolver=names) as outside:
            with pytest.raises(Refused):
                await outside.send("POST", in_url(form), body=b"{}")

        assert (sockets.opened, names.asked) == (0, 0)

    @pytest.mark.parametrize("form", FORMS)
    async def test_covers_answers_of_name_servers(self, form: str, sockets: Sockets) -> None:
        async with Outside(resolver=NameServer([form])) as outside:
            with pytest.raises(Refused, match=r"^shop\.example leads to .+\.$"):
                await outside.send("POST", NAME, body=b"{}")

        assert sockets.opened == 0

    @pytest.mark.parametrize("form", FORMS)
    async def test_covers_names_that_change_between_two_calls(self, form: str, sockets: Sockets) -> None:
        async with Outside(resolver=NameServer([PUBLIC], [form])) as outside:
            with pytest.raises(Unreachable):
                await outside.send("POST", NAME, body=b"{}")
            assert (sockets.opened, sockets.connected) == (1, [PUBLIC])

            with pytest.raises(Refused):
                await outside.send("POST", NAME, body=b"{}")

        assert (sockets.opened, sockets.connected) == (1, [PUBLIC])

    @pytest.mark.parametrize("form", FORMS)
    async def test_covers_each_of_several_addresses(self, form: str, sockets: Sockets) -> None:
        async with Outside(resolver=NameServer([form, PUBLIC, form, "2606:4700::1111", form])) as outside:
            with pytest.raises(Unreachable):
                await outside.send("POST", NAME, body=b"{}")

        assert set(sockets.connected) == {PUBLIC, "2606:4700::1111"}
        assert sockets.opened == len(sockets.connected)

    async def test_covers_names_whose_every_address_is_private(self, sockets: Sockets) -> None:
        names = NameServer(["10.0.0.1", "fd00::1", "127.0.0.1", "fe80::1", "169.254.169.254"])

        async with Outside(resolver=names) as outside:
            with pytest.raises(Refused, match=r"shop\.example leads to an address of a private network"):
                await outside.send("GET", NAME)

        assert sockets.opened == 0

    @pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "::ffff:127.0.0.1", "0.1.2.3", "fd00:ec2::254"])
    async def test_covers_metadata_services_even_where_private_networks_are_open(
        self, address: str, sockets: Sockets
    ) -> None:
        async with Outside(allow_private=True, resolver=NameServer([address])) as outside:
            with pytest.raises(Refused):
                await outside.send("GET", NAME)

        assert sockets.opened == 0

    @pytest.mark.parametrize("url", ["http://1.1.1.1/", "http://[2606:4700::1111]:8080/", NAME])
    async def test_leaves_public_addresses_alone(self, url: str, sockets: Sockets) -> None:
        async with Outside(resolver=NameServer([PUBLIC])) as outside:
            with pytest.raises(Unreachable, match="could not be connected to: "):
                await outside.send("GET", url)

        assert sockets.opened == len(sockets.connected) == 1

    async def test_keeps_calls_at_the_same_time_apart(self, sockets: Sockets) -> None:
        async with Outside(resolver=NameServer([PUBLIC], ["10.0.0.1"], [PUBLIC], ["10.0.0.1"])) as outside:
            calls = (outside.send("GET", NAME) for _ in range(4))
            failures = await asyncio.gather(*calls, return_exceptions=True)

        assert [type(failure) for failure in failures] == [Unreachable, Refused, Unreachable, Refused]
