"""Calls are made again where that helps, and never act twice."""

import contextlib
from datetime import UTC, datetime

import pytest

from sutler_sdk import ApiError, AsyncManagementClient, ConnectionFailed, ManagementClient, Retries, TimedOut
from sutler_sdk._calls import Profile
from sutler_sdk.retries import asked_to_wait
from tests.sdk.server import Answer, Server, failure

KEY = "idempotency-key"
TAG = {"id": "7", "slug": "vip", "name": "VIP"}
TROUBLE = {
    "throttling": failure(429, retry_after="0"),
    "a server error": failure(503),
    "a dropped connection": Answer(drop=True),
}


class TestRetries:
    @pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE)
    def test_repeat_a_read(self, trouble: Answer, server: Server, management: ManagementClient) -> None:
        server.answers.extend([trouble, trouble, Answer([TAG])])

        tags = management.tags.get_tags()

        assert [tag.slug for tag in tags] == ["vip"]
        assert len(server.received) == 3

    @pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE)
    def test_repeat_a_write_under_the_same_key(self, trouble: Answer, server: Server, management: ManagementClient) -> None:
        server.answers.extend([trouble, trouble, Answer(TAG)])

        management.tags.create_tag(name="VIP", slug="vip")
        management.tags.create_tag(name="VIP", slug="vip")

        keys = [request.headers[KEY] for request in server.received]
        assert len(keys) == 4
        assert len(set(keys[:3])) == 1
        assert keys[3] != keys[0]
        assert all(request.body == {"name": "VIP", "slug": "vip"} for request in server.received)

    @pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE)
    async def test_are_the_same_when_awaited(self, trouble: Answer, server: Server, awaited: AsyncManagementClient) -> None:
        server.answers.extend([trouble, trouble, Answer(TAG)])

        await awaited.tags.create_tag(name="VIP", slug="vip")

        assert len({request.headers[KEY] for request in server.received}) == 1
        assert len(server.received) == 3

    def test_use_a_key_that_is_given(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(failure(503))

        management.tags.delete_tag("7", idempotency_key="mine")

        assert [request.headers[KEY] for request in server.received] == ["mine", "mine"]

    def test_send_no_key_with_a_read(self, server: Server, management: ManagementClient) -> None:
        server.answers.append(Answer([]))

        management.tags.get_tags()

        assert KEY not in server.received[0].headers

    def test_end(self, server: Server, management: ManagementClient) -> None:
        server.respond = lambda _: failure(503)

        with pytest.raises(ApiError) as raised:
            management.tags.get_tags()

        assert raised.value.status == 503
        assert len(server.received) == Retries().attempts

    def test_end_with_the_last_connection_that_failed(self, server: Server, management: ManagementClient) -> None:
        server.respond = lambda _: Answer(drop=True)

        with pytest.raises(ConnectionFailed):
            management.with_options(retries=Retries(attempts=2, first_pause=0)).tags.get_tags()

        assert len(server.received) == 2

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 409])
    def test_do_not_repeat_what_was_refused(self, status: int, server: Server, management: ManagementClient) -> None:
        server.respond = lambda _: failure(status)

        with pytest.raises(ApiError):
            management.tags.get_tags()

        assert len(server.received) == 1

    def test_raise_at_once_when_asked_to_wait_for_too_long(self, server: Server, management: ManagementClient) -> None:
        server.respond = lambda _: failure(429, retry_after="3600")

        with pytest.raises(ApiError) as raised:
            management.tags.get_tags()

        assert raised.value.retry_after == 3600
        assert len(server.received) == 1

    @pytest.mark.parametrize(
        ("trouble", "attempts"), [(Answer(drop=True), 1), (failure(503), 1), (failure(429), 2)], ids=str
    )
    def test_of_writes_can_be_limited_to_those_that_did_not_happen(
        self, trouble: Answer, attempts: int, server: Server, management: ManagementClient
    ) -> None:
        careful = management.with_options(retries=Retries(first_pause=0, repeat_writes=False))
        server.answers.append(trouble)

        with contextlib.suppress(ApiError, ConnectionFailed):
            careful.tags.delete_tag("7")

        assert len(server.received) == attempts

    @pytest.mark.parametrize(
        ("base_url", "repeats"),
        [("https://api.paynow.gg", False), ("https://store.example.com", True), ("https://notpaynow.gg", True)],
    )
    def test_of_writes_need_a_server_that_knows_keys(self, base_url: str, repeats: bool) -> None:
        assert Profile(base_url, {}, {}).repeats_writes is repeats

    def test_wait_longer_each_time_and_never_less_than_asked(self) -> None:
        retries = Retries(attempts=10, first_pause=1, longest_pause=5)

        pauses = [retries.pause_after_status(attempt, 503, None, safe=True) or 0.0 for attempt in range(1, 10)]

        assert all(low <= pause <= high for pause, low, high in zip(pauses[:3], (0.5, 1, 2), (1, 2, 4), strict=True))
        assert max(pauses) <= 5
        assert (retries.pause_after_status(1, 429, 4.5, safe=False) or 0.0) >= 4.5
        assert retries.pause_after_status(10, 503, None, safe=True) is None

    def test_understand_both_kinds_of_retry_after(self) -> None:
        now = datetime(2030, 1, 1, tzinfo=UTC)

        assert asked_to_wait("7", now) == 7
        assert asked_to_wait("Tue, 01 Jan 2030 00:01:00 GMT", now) == 60
        assert asked_to_wait("soon", now) is None


class TestTimeouts:
    def test_of_a_call_raise_when_no_answer_comes(self, server: Server, management: ManagementClient) -> None:
        server.respond = lambda _: Answer({}, wait=0.3)
        hasty = management.with_options(timeout=0.05, retries=Retries(attempts=1))

        with pytest.raises(TimedOut, match="/v1/stores/1/tags"):
            hasty.tags.get_tags()
