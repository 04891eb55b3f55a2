"""Time-based one-time codes (RFC 6238) that work once each, and recovery codes."""

import hmac
import secrets
from typing import Final, NamedTuple

import pyotp
from msgspec import structs
from sqlalchemy import delete, insert, select, update

from sutler.kernel import clock
from sutler.kernel.data.database import WritingConnection
from sutler.kernel.data.queries import Connection, Statement, param, reader
from sutler.kernel.errors import InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.secrets import sealer
from sutler.kernel.tokens import digest
from sutler.stores.second_factors.models import RecoveryCode, SecondFactor
from sutler.stores.users.models import User

STEP: Final = 30  # seconds that a code is shown
LEEWAY: Final = 1  # codes before and after the current one, for clocks that differ
RECOVERY_CODES: Final = 10
ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"  # without what looks alike; 20 of them are 99 bits
_FOR: Final = SecondFactor.c.user_id == param("who", type_=SecondFactor.c.user_id.type)

ADD: Final = Statement(insert(SecondFactor.table))
ADD_CODE: Final = Statement(insert(RecoveryCode.table))
OF_USER: Final = Statement(select(SecondFactor.table).where(_FOR))
SPEND: Final = Statement(
    update(SecondFactor.table)
    .where(_FOR, SecondFactor.c.last_step < param("step", type_=SecondFactor.c.last_step.type))
    .values(last_step=param("step", type_=SecondFactor.c.last_step.type))
    .returning(SecondFactor.c.id)
)
CONFIRM: Final = Statement(
    update(SecondFactor.table).where(_FOR).values(confirmed_at=param("moment", type_=SecondFactor.c.confirmed_at.type))
)
REMOVE: Final = Statement(delete(SecondFactor.table).where(_FOR))
REMOVE_CODES: Final = Statement(
    delete(RecoveryCode.table).where(RecoveryCode.c.user_id == param("who", type_=RecoveryCode.c.user_id.type))
)
SPEND_CODE: Final = Statement(
    delete(RecoveryCode.table)
    .where(
        RecoveryCode.c.user_id == param("who", type_=RecoveryCode.c.user_id.type),
        RecoveryCode.c.code_digest == param("digest", type_=RecoveryCode.c.code_digest.type),
    )
    .returning(RecoveryCode.c.id)
)


class Enrolment(NamedTuple):
    """What is shown to a user once: the address that an app takes as a QR code, and the recovery codes."""

    address: str
    secret: str
    recovery_codes: list[str]


async def begin(connection: WritingConnection, user: User) -> Enrolment:
    """Give a user a second factor. It is not asked for before `confirm` has seen a code; SecondFactorExists for another.

    One that was begun and not confirmed is replaced.
    """
    factor = await of_user(connection, user.id)
    if factor is not None and factor.confirmed_at is None:
        await remove(connection, user.id)
    secret = pyotp.random_base32()
    made = SecondFactor(
        user_id=user.id, secret_sealed=sealer().seal(secret, _context(user.id)), last_step=0, confirmed_at=None
    )
    await ADD.run(connection, **structs.asdict(made))
    codes = ["-".join(_letters(5) for _ in range(4)) for _ in range(RECOVERY_CODES)]
    for code in codes:
        row = RecoveryCode(user_id=user.id, code_digest=digest(_bare(code)))
        await ADD_CODE.run(connection, **structs.asdict(row))
    return Enrolment(pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name="Sutler"), secret, codes)


async def confirm(connection: WritingConnection, user_id: FlakeId, code: str) -> None:
    """From now on codes are asked for; InvalidInput when this is not the current one of the app."""
    factor = await of_user(connection, user_id)
    if factor is None or not await _spend(connection, factor, code):
        raise InvalidInput("This is not the code that the app shows now. Check the clock of the device.")
    await CONFIRM.run(connection, who=user_id, moment=clock.real_now())


async def remove(connection: WritingConnection, user_id: FlakeId) -> None:
    """Ask for no codes any more, and forget the recovery codes."""
    await REMOVE_CODES.run(connection, who=user_id)
    await REMOVE.run(connection, who=user_id)


async def of_user(connection: Connection, user_id: FlakeId) -> SecondFactor | None:
    """The second factor of a user, confirmed or not."""
    found = await OF_USER.run(connection, who=user_id)
    return reader(SecondFactor, connection.dialect)(found[0]) if found else None


async def passes(connection: WritingConnection, user_id: FlakeId, code: str | None) -> bool:
    """Whether a user may go on: they have no second factor, or this code of the app or for recovery, now spent."""
    factor = await of_user(connection, user_id)
    if factor is None or factor.confirmed_at is None:
        return True
    if code is None:
        return False
    if await _spend(connection, factor, code):
        return True
    return bool(await SPEND_CODE.run(connection, who=user_id, digest=digest(_bare(code))))


async def _spend(connection: WritingConnection, factor: SecondFactor, code: str) -> bool:
    """Use a code up. Of two who show the same one at once, one gets through: the row remembers the newest step."""
    totp = pyotp.TOTP(sealer().open(factor.secret_sealed, _context(factor.user_id)))
    given, now = code.replace(" ", ""), int(clock.real_now().timestamp()) // STEP
    for step in range(now - LEEWAY, now + LEEWAY + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), given.encode()):
            return bool(await SPEND.run(connection, who=factor.user_id, step=step))
    return False


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _bare(code: str) -> str:
    """A recovery code without what people add or leave out."""
    return code.replace("-", "").replace(" ", "").lower()


def _context(user_id: FlakeId) -> str:
    return f"second_factor:{user_id}"
