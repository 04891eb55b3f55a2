"""The tables of exchange rates: published ones by day, and those that the owner has pinned."""

from datetime import datetime

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict

KEPT_DAYS = 90
"""For how long published rates are kept; none but the newest are used."""


class ExchangeDay(StoreRecord, table="exchange_days"):
    """The rates that were published for a day (its midnight, UTC): how much of a currency one unit of `base` was worth."""

    base: str
    day: datetime
    rates: dict[str, str]


class ExchangePin(StoreRecord, table="exchange_pins"):
    """A rate that the owner has fixed until they take it back: how much of `currency` one unit of `base` is worth."""

    base: str
    currency: str
    rate: str


class DayKnown(Conflict):
    """The rates of this day were imported at the same moment; send the request again."""


class PairPinned(Conflict):
    """This pair was pinned at the same moment; send the request again."""


unique(DayKnown, ExchangeDay.c.store_id, ExchangeDay.c.base, ExchangeDay.c.day, name="exchange_days_once")
unique(PairPinned, ExchangePin.c.store_id, ExchangePin.c.base, ExchangePin.c.currency, name="exchange_pins_once")
