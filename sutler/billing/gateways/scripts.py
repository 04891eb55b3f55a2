"""What the simulated bank can be told to do: outcomes by name, and card numbers that stand for one.

The numbers are the test cards that payment gateways publish; none of them is anybody's card.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from sutler.billing.gateways.interface import DisputeState
from sutler.billing.orders.models import DeclineCode
from sutler.kernel.errors import FieldError, InvalidInput

Wish = Literal[
    "succeed", "decline", "authenticate", "succeed_later", "decline_later", "succeed_unanswered", "decline_unanswered"
]
Notices = Literal["once", "twice", "late", "never"]
Funding = Literal["credit", "prepaid"]
RefundWish = Literal[
    "succeeds", "fails", "succeeds_later", "fails_later", "succeeds_unanswered", "fails_unanswered", "comes_back"
]
LONGEST_WAIT: Final = 31_536_000  # seconds, a year
Seconds = Annotated[int, Meta(ge=0, le=LONGEST_WAIT)]
Times = Annotated[int, Meta(ge=0, le=10_000)]
SUCCEEDS: Final = "4242"


class Script(Struct, frozen=True, kw_only=True):
    """What becomes of a simulated payment.

    `authenticate` waits for the payer to confirm. The `…_later` outcomes are told `after_seconds` of the store's time;
    the `…_unanswered` ones are decided, but the call that asks for them gets no answer. `notices` is how often the
    simulator tells what it decided later: a `late` notice comes a day after the time, when the shop has asked.
    `refund` is what becomes of every refund of it, in the same way; it is decided `refund_after_seconds` later. One that
    `comes_back` succeeds at once, and fails so much later.
    With `dispute` the payer's bank takes the money back `dispute_after_seconds` after it was taken, and decides
    `decide_after_seconds` later, unless the dispute stays `pending`.
    Where the card is kept, `renewal` is what becomes of charges without the payer, once `renewals_first` of them have
    succeeded. There is nobody to confirm then, so `authenticate` declines them.
    """

    wish: Wish = "succeed"
    decline_code: DeclineCode = "generic_decline"
    after_seconds: Seconds = 0
    notices: Notices = "once"
    refund: RefundWish = "succeeds"
    refund_after_seconds: Seconds = 0
    dispute: DisputeState | None = None
    dispute_after_seconds: Seconds = 0
    decide_after_seconds: Seconds = 0
    renewal: Wish = "succeed"
    renewal_decline_code: DeclineCode = "generic_decline"
    renewal_after_seconds: Seconds = 0
    renewals_first: Times = 0
    funding: Funding = "credit"

    @property
    def succeeds(self) -> bool:
        """Whether money is taken in the end, as far as the bank is concerned."""
        return self.wish.startswith("succeed")

    @property
    def instrument(self) -> str:
        """The script in one word, as it is handed to the gateway."""
        told = [getattr(self, name) for name in self.__struct_fields__]
        return ":".join("" if one is None else str(one) for one in told)

    @property
    def later(self) -> "Script":
        """What becomes of the charges of the kept card that do not just succeed."""
        return Script(
            wish=self.renewal, decline_code=self.renewal_decline_code, after_seconds=self.renewal_after_seconds,
            notices=self.notices, refund=self.refund, refund_after_seconds=self.refund_after_seconds,
        )  # fmt: skip


CARDS: Final[dict[str, Script]] = {
    "4242424242424242": Script(),
    "4000000000000002": Script(wish="decline"),
    "4000000000009995": Script(wish="decline", decline_code="insufficient_funds"),
    "4000000000009987": Script(wish="decline", decline_code="lost_card"),
    "4000000000009979": Script(wish="decline", decline_code="stolen_card"),
    "4000000000000069": Script(wish="decline", decline_code="expired_card"),
    "4000000000000127": Script(wish="decline", decline_code="incorrect_cvc"),
    "4000000000000119": Script(wish="decline", decline_code="processing_error"),
    "4242424242424241": Script(wish="decline", decline_code="incorrect_number"),
    "4000000000006975": Script(wish="decline", decline_code="card_velocity_exceeded"),
    "4000002500003155": Script(wish="authenticate"),
    "4000000000000259": Script(dispute="pending"),
    "4000000000000341": Script(renewal="decline"),
    "5105105105105100": Script(funding="prepaid"),
    "4000002760003184": Script(wish="authenticate", renewal="authenticate"),
}


def read(instrument: str) -> Script:
    """The script that an instrument names: a card number, an outcome, or an outcome with its details.

    InvalidInput for anything else.
    """
    digits = instrument.replace(" ", "")
    if digits in CARDS:
        return CARDS[digits]
    names = Script.__struct_fields__
    told = {name: value for name, value in zip(names, instrument.split(":"), strict=False) if value}
    try:
        return sensible(msgspec.convert(told | {"wish": told.get("wish", "")}, Script, strict=False))
    except msgspec.ValidationError as error:
        text = "This is neither an outcome of the simulator nor one of its test cards."
        raise InvalidInput(text, [FieldError("Invalid", text, "instrument", "enum")]) from error


def sensible(script: Script) -> Script:
    """The script; InvalidInput when it wants money disputed that is never taken, or not until the payer confirms."""
    if script.dispute and not script.succeeds:
        text = f"Only a payment that succeeds by itself can be disputed, not one that is to {script.wish.replace('_', ' ')}."
        raise InvalidInput(text, [FieldError("Invalid", text, "dispute", "value")])
    return script
