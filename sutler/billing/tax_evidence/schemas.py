"""What crosses the wire about where buyers were. Sutler's own."""

from datetime import datetime

from msgspec import Struct

from sutler.checkout.checkouts.models import TaxIdCheck
from sutler.kernel.data.pages import Page
from sutler.kernel.ids import FlakeId


class TaxEvidencePage(Page):
    """One page of the orders that were completed from a moment on and before another."""

    begin: datetime
    until: datetime


class TaxEvidenceDto(Struct, frozen=True, kw_only=True):
    """What is known of where the buyer of an order was, and the tax that it led to, in minor units of `currency`.

    Countries are ISO 3166-1 codes, empty where nothing is known: `billing_country` is the address that the tax follows,
    `ip_country` that of the buyer's connection, `card_country` that of the bank whose card paid. `agreeing` says how many of
    the three name the country of the tax: sellers in the European Union keep two that do not contradict each other
    (Implementing Regulation (EU) No 282/2011, articles 24b and 24f).
    """

    order_id: FlakeId
    completed_at: datetime
    billing_country: str
    billing_state: str
    ip_country: str
    card_country: str
    customer_ip: str
    tax_id: str
    tax_id_check: TaxIdCheck | None
    agreeing: int
    tax_amount: int
    total_amount: int
    currency: str
