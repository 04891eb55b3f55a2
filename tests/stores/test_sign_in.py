"""Signing in: passwords, second factors, locks and tokens."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from sutler.kernel.errors import Conflict, InvalidInput, NotFound, TooManyRequests, Unauthorized
from sutler.stores.passwords.service import fits, hashed
from sutler.stores.second_factors import service as second_factors
from sutler.stores.second_factors.service import Enrolment
from sutler.stores.sessions.service import create_token, end_all, forget_expired, sign_in, sign_out
from sutler.stores.users.models import EmailTaken, User
from sutler.stores.users.service import create_user, disable, known, set_password
from tests.conftest import ClientFactory

PASSWORD = "correct horse battery"


@contextmanager
def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> Iterator[None]:
    """The wall clock stands at a moment."""
    with monkeypatch.context() as patched:
        patched.setattr(clock, "real_now", lambda: moment)
        yield


@pytest.fixture
async def user(app: Application, database: Database) -> User:
    """A user with a password."""
    password_hash = await hashed(PASSWORD)
    async with database.writing() as connection:
        return await create_user(connection, "Ada@Example.org", password_hash)


async def enrolled(database: Database, user: User, at: datetime) -> Enrolment:
    """A second factor whose first code was shown at a moment."""
    async with database.writing() as connection:
        begun = await second_factors.begin(connection, user)
        await second_factors.confirm(connection, user.id, pyotp.TOTP(begun.secret).at(at))
    return begun


class TestPasswords:
    async def test_are_kept_as_argon2id_hashes_with_their_own_salt(self) -> None:
        first, second = await hashed(PASSWORD), await hashed(PASSWORD)

        assert first.startswith("$argon2id$")
        assert first != second
        assert await fits(PASSWORD, first)
        assert not await fits(PASSWORD + " ", first)

    async def test_never_fit_where_there_is_none(self) -> None:
        assert not await fits(PASSWORD, None)
        assert not await fits("", None)

    @pytest.mark.parametrize("password", ["", "x" * 11, "x" * 257])
    async def test_are_neither_short_nor_endless(self, password: str) -> None:
        with pytest.raises(InvalidInput, match="12 to 256"):
            await hashed(password)


class TestUsers:
    async def test_have_an_address_of_their_own_in_any_case(self, database: Database, user: User) -> None:
        with pytest.raises(EmailTaken):
            async with database.writing() as connection:
                await create_user(connection, "ada@example.ORG")

    @pytest.mark.parametrize("email", ["", "ada", "a b@example.org", "a@b@c", f"{'x' * 320}@example.org"])
    async def test_need_an_address(self, app: Application, database: Database, email: str) -> None:
        with pytest.raises(InvalidInput):
            async with database.writing() as connection:
                await create_user(connection, email)

    async def test_are_found_by_address_and_by_id(self, database: Database, user: User) -> None:
        async with database.reading() as connection:
            assert (await known(connection, " ADA@example.org")).id == user.id
            assert (await known(connection, user.id)).email == "Ada@Example.org"
            with pytest.raises(NotFound):
                await known(connection, "1")


class TestSignIn:
    async def test_gives_a_token_that_the_api_takes(self, client: ClientFactory, database: Database, user: User) -> None:
        token = await sign_in(database, "ada@example.org", PASSWORD)

        assert token.startswith("stuser_v1_")
        for form in ("User {}", "user {}", "Bearer {}", "{}"):
            assert (await client(form.format(token)).get("/v1/stores")).status_code == 200

    async def test_refuses_a_wrong_password_and_an_unknown_address_in_the_same_words(
        self, database: Database, user: User
    ) -> None:
        messages = set()
        for email, password in (("ada@example.org", "wrong"), ("eve@example.org", PASSWORD)):
            with pytest.raises(Unauthorized) as refused:
                await sign_in(database, email, password)
            messages.add(str(refused.value))

        assert len(messages) == 1

    async def test_refuses_a_disabled_user(self, database: Database, user: User) -> None:
        async with database.writing() as connection:
            await disable(connection, user.id)

        with pytest.raises(Unauthorized):
            await sign_in(database, user.email, PASSWORD)

    async def test_locks_after_five_failures_for_a_while(
        self, database: Database, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for _ in range(5):
            with pytest.raises(Unauthorized):
                await sign_in(database, user.email, "wrong")

        with pytest.raises(TooManyRequests) as locked:
            await sign_in(database, user.email, PASSWORD)
        assert 0 < locked.value.retry_after <= 30
        with at(monkeypatch, clock.real_now() + timedelta(seconds=31)):
            assert await sign_in(database, user.email, PASSWORD)
            with pytest.raises(Unauthorized):  # and the count begins anew
                await sign_in(database, user.email, "wrong")

    async def test_is_unlocked_by_a_new_password(self, database: Database, user: User) -> None:
        for _ in range(5):
            with pytest.raises(Unauthorized):
                await sign_in(database, user.email, "wrong")
        password_hash = await hashed("another fine password")

        async with database.writing() as connection:
            await set_password(connection, user.id, password_hash)

        assert await sign_in(database, user.email, "another fine password")


class TestSecondFactor:
    async def test_is_asked_for_once_it_is_confirmed(
        self, database: Database, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moment = datetime(2030, 1, 1, tzinfo=UTC)
        with at(monkeypatch, moment):
            begun = await enrolled(database, user, moment)
            with pytest.raises(Unauthorized):
                await sign_in(database, user.email, PASSWORD)
        later = moment + timedelta(seconds=60)
        with at(monkeypatch, later):
            assert await sign_in(database, user.email, PASSWORD, pyotp.TOTP(begun.secret).at(later))

    async def test_is_not_asked_for_before_that(self, database: Database, user: User) -> None:
        async with database.writing() as connection:
            await second_factors.begin(connection, user)

        assert await sign_in(database, user.email, PASSWORD)

    async def test_takes_each_code_once_even_from_many_at_once(
        self, database: Database, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moment = datetime(2030, 1, 1, tzinfo=UTC)
        with at(monkeypatch, moment - timedelta(seconds=90)):
            begun = await enrolled(database, user, moment - timedelta(seconds=90))
        with at(monkeypatch, moment):
            code = pyotp.TOTP(begun.secret).at(moment)
            tries = [sign_in(database, user.email, PASSWORD, code) for _ in range(4)]
            results = await asyncio.gather(*tries, return_exceptions=True)

        assert sorted(type(result).__name__ for result in results) == ["Unauthorized"] * 3 + ["str"]

    async def test_takes_no_code_from_before_the_last_one(
        self, database: Database, user: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moment = datetime(2030, 1, 1, tzinfo=UTC)
        with at(monkeypatch, moment):
            begun = await enrolled(database, user, moment)
            with pytest.raises(Unauthorized):
                await sign_in(database, user.email, PASSWORD, pyotp.TOTP(begun.secret).at(moment - timedelta(seconds=30)))

    async def test_is_not_confirmed_by_a_wrong_code(self, database: Database, user: User) -> None:
        with pytest.raises(InvalidInput):
            async with database.writing() as connection:
                await second_factors.begin(connection, user)
                await second_factors.confirm(connection, user.id, "not a code")

    async def test_can_be_stood_in_for_by_each_recovery_code_once(self, database: Database, user: User) -> None:
        begun = await enrolled(database, user, clock.real_now())
        code = begun.recovery_codes[3]

        assert len(set(begun.recovery_codes)) == 10
        assert await sign_in(database, user.email, PASSWORD, code.upper().replace("-", " "))
        with pytest.raises(Unauthorized):
            await sign_in(database, user.email, PASSWORD, code)
        assert await sign_in(database, user.email, PASSWORD, begun.recovery_codes[0])

    async def test_is_one_at_a_time(self, database: Database, user: User) -> None:
        await enrolled(database, user, clock.real_now())

        with pytest.raises(Conflict):
            async with database.writing() as connection:
                await second_factors.begin(connection, user)

    async def test_is_gone_once_it_is_removed(self, database: Database, user: User) -> None:
        begun = await enrolled(database, user, clock.real_now())

        async with database.writing() as connection:
            await second_factors.remove(connection, user.id)

        assert begun.address.startswith("otpauth://totp/")
        assert await sign_in(database, user.email, PASSWORD)


class TestTokens:
    async def test_end_when_they_expire(self, client: ClientFactory, database: Database, user: User) -> None:
        async with database.writing() as connection:
            old = await create_token(connection, user.id, clock.real_now() - timedelta(seconds=1))

        await forget_expired(database)

        assert (await client(f"User {old}").get("/v1/stores")).status_code == 401
        assert (await client(f"User {await sign_in(database, user.email, PASSWORD)}").get("/v1/stores")).status_code == 200

    async def test_end_at_once_when_their_user_signs_out(
        self, client: ClientFactory, database: Database, user: User
    ) -> None:
        first, second = [await sign_in(database, user.email, PASSWORD) for _ in range(2)]
        callers = [client(f"User {token}") for token in (first, second)]
        assert [(await caller.get("/v1/stores")).status_code for caller in callers] == [200, 200]

        async with database.writing() as connection:
            await sign_out(connection, first)

        assert [(await caller.get("/v1/stores")).status_code for caller in callers] == [401, 200]
        async with database.writing() as connection:
            await end_all(connection, user.id)
        assert [(await caller.get("/v1/stores")).status_code for caller in callers] == [401, 401]
