"""What `sutler user` does: making users, changing what they sign in with, and signing them in or out."""

from datetime import timedelta

import typer

from sutler.commands import showing
from sutler.commands.ground import at_hand
from sutler.commands.recording import record_outside
from sutler.kernel import clock
from sutler.kernel.ids import FlakeId
from sutler.stores.passwords.service import hashed
from sutler.stores.second_factors import service as second_factors
from sutler.stores.sessions import service as sessions
from sutler.stores.users import queries, service
from sutler.stores.users.service import Names, known


async def create(email: str, password: str, names: Names) -> FlakeId:
    """Make a user and return their id; EmailTaken when another has the address."""
    password_hash = await hashed(password)
    async with at_hand(upgrades=True) as database, database.writing() as connection:
        user = await service.create_user(connection, email, password_hash, names)
        await record_outside(connection, "user create", user.id)
    return user.id


async def show_all() -> None:
    """Print every user on a line."""
    async with at_hand() as database, database.reading() as connection:
        found = await queries.all_users(connection)
        factors = [await second_factors.of_user(connection, user.id) for user in found]
    lines = [
        (
            user.id,
            user.email,
            "disabled" if user.disabled_at else "active",
            "yes" if factor and factor.confirmed_at else "no",
        )
        for user, factor in zip(found, factors, strict=True)
    ]
    showing.rows(("id", "e-mail", "state", "second factor"), lines)


async def change_password(who: str, password: str) -> None:
    """Give a user a new password and sign them out everywhere."""
    password_hash = await hashed(password)
    async with at_hand() as database, database.writing() as connection:
        user = await known(connection, who)
        await service.set_password(connection, user.id, password_hash)
        await sessions.end_all(connection, user.id)
        await record_outside(connection, "user password", user.id)


async def enrol(who: str) -> None:
    """Show a user a second factor, and let it count once they have typed a code of it."""
    async with at_hand() as database:
        async with database.writing() as connection:
            user = await known(connection, who)
            begun = await second_factors.begin(connection, user)
        values = {"address": begun.address, "secret": begun.secret}
        showing.facts("For the authenticator app; shown only now", values)
        showing.facts("Recovery codes, each good once", {str(n): code for n, code in enumerate(begun.recovery_codes, 1)})
        code = str(typer.prompt("The code that the app shows"))
        async with database.writing() as connection:
            await second_factors.confirm(connection, user.id, code)
            await record_outside(connection, "user totp", user.id)


async def remove_factor(who: str) -> None:
    """Ask a user for no codes any more."""
    async with at_hand() as database, database.writing() as connection:
        user = await known(connection, who)
        await second_factors.remove(connection, user.id)
        await record_outside(connection, "user totp --remove", user.id)


async def create_token(who: str, days: int) -> str:
    """A token that works for so many days; it is kept nowhere."""
    async with at_hand() as database, database.writing() as connection:
        user = await known(connection, who)
        await record_outside(connection, "user token", user.id)
        return await sessions.create_token(connection, user.id, clock.real_now() + timedelta(days=days))


async def disable(who: str) -> None:
    """Let a user do nothing any more."""
    async with at_hand() as database, database.writing() as connection:
        user = await known(connection, who)
        await service.disable(connection, user.id)
        await record_outside(connection, "user disable", user.id)


async def enable(who: str) -> None:
    """Let a disabled user work again."""
    async with at_hand() as database, database.writing() as connection:
        user = await known(connection, who)
        await service.enable(connection, user.id)
        await record_outside(connection, "user enable", user.id)
