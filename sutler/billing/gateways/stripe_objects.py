"""The parts of Stripe's answers about sessions and attempts that we read, and its refusals."""

from typing import Final

from msgspec import Struct, field

NOT_WORKING: Final = "This store cannot take cards at the moment. Its owner finds the reason in the log."


class Wallet(Struct):
    """The wallet that a card is kept in."""

    type: str


class Card(Struct):
    """What Stripe knows of a card."""

    brand: str | None = None
    country: str | None = None
    exp_month: int = 0
    exp_year: int = 0
    fingerprint: str | None = None
    funding: str | None = None
    last4: str | None = None
    wallet: Wallet | None = None


class Method(Struct):
    """What was paid with, or was tried."""

    card: Card | None = None


class Failure(Struct):
    """Why the newest attempt in a session failed."""

    code: str | None = None
    decline_code: str | None = None
    message: str | None = None
    payment_method: Method | None = None


class BalanceTransaction(Struct):
    """What reaches the account, in its own currency: the amount before Stripe's fee, and the fee."""

    amount: int
    fee: int


class Taken(Struct):
    """A charge of a card, and when it was made, in seconds."""

    created: int
    payment_method_details: Method | None = None
    balance_transaction: BalanceTransaction | None = None


class Intent(Struct):
    """The attempts to pay in a session, or one of a kept card."""

    status: str
    id: str = ""
    payment_method: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    latest_charge: Taken | None = None
    last_payment_error: Failure | None = None


class Kept(Method):
    """What is kept, by Stripe's name for it."""

    id: str = ""


class Setup(Struct):
    """The attempts to have something kept in a session that takes no money."""

    status: str
    payment_method: Kept | None = None
    last_setup_error: Failure | None = None


class Session(Struct):
    """Somebody's visit to Stripe's payment page."""

    id: str
    status: str
    payment_status: str
    url: str | None = None
    payment_intent: Intent | None = None
    setup_intent: Setup | None = None
    customer: str | None = None


class Rejected(Exception):
    """Stripe takes no such payment, so there is none. The text is for the log, `said` for the payer.

    It may be `about_card`: one that was kept, and is not any more.
    """

    def __init__(self, reason: str, said: str = NOT_WORKING, *, about_card: bool = False) -> None:
        super().__init__(reason)
        self.said, self.about_card = said, about_card


class NoEntry(Rejected):
    """Stripe does not let us into the account: the store's key is wrong, or may not do this."""
