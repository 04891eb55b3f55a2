"""Iterators walk through a whole list, page by page."""

import pytest

from sutler_sdk import AsyncManagementClient, ManagementClient
from tests.sdk.server import Answer, Received, Server

IDS = [str(number) for number in range(1, 8)]


def listing(request: Received) -> Answer:
    """A page of coupons as servers cut it."""
    query = dict(request.query)
    found = [one for one in IDS if query.get("after", "0") < one < query.get("before", "9")]
    ordered = found if query["asc"] == "true" else found[::-1]
    return Answer([{"id": one} for one in ordered[: int(query["limit"])]])


class TestIterators:
    def test_walk_from_the_oldest_to_the_newest(self, server: Server, management: ManagementClient) -> None:
        server.respond = listing

        ids = [coupon.id for coupon in management.coupons.iterate(limit=3)]

        assert ids == IDS
        assert [dict(request.query).get("after") for request in server.received] == [None, "3", "6", "7"]

    def test_walk_the_other_way(self, server: Server, management: ManagementClient) -> None:
        server.respond = listing

        assert [coupon.id for coupon in management.coupons.iterate(limit=3, asc=False)] == IDS[::-1]

    def test_begin_and_end_where_they_are_told_to(self, server: Server, management: ManagementClient) -> None:
        server.respond = listing

        assert [coupon.id for coupon in management.coupons.iterate(limit=2, after="2", before="6")] == ["3", "4", "5"]

    def test_ask_for_no_more_than_is_read(self, server: Server, management: ManagementClient) -> None:
        server.respond = listing

        assert next(management.coupons.iterate(limit=3)).id == "1"
        assert len(server.received) == 1

    async def test_are_the_same_when_awaited(self, server: Server, awaited: AsyncManagementClient) -> None:
        server.respond = listing

        assert [coupon.id async for coupon in awaited.coupons.iterate(limit=3)] == IDS

    def test_stop_at_a_server_that_does_not_know_the_cursor(self, server: Server, management: ManagementClient) -> None:
        server.respond = lambda _: Answer([{"id": "1"}])

        with pytest.raises(RuntimeError, match="cursor"):
            list(management.coupons.iterate())
