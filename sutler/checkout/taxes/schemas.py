"""Tax settings on the wire. Sutler's own: the contract's platform owes the tax itself."""

from typing import Annotated

from msgspec import Meta, Struct

from sutler.checkout.tax_rates.schemas import Country
from sutler.kernel.wire import Wire
from sutler.stores.stores.models import PricesShown

Countries = Annotated[list[Country], Meta(max_length=250)]


class TaxSettingsDto(Struct, frozen=True, kw_only=True):
    """How the store taxes.

    It collects tax for buyers in `countries`. `prices_shown` says whether visitors there see prices with their tax;
    that matters where prices are entered without it. `tax_gift_cards`: tax the whole sale, and let gift cards pay for it.
    """

    enabled: bool
    home_country: str | None
    countries: list[str]
    prices_shown: PricesShown
    tax_gift_cards: bool


class UpdateTaxSettingsDto(Wire):
    """What to change; what is left out stays. `EU` among the countries stands for all members of the European Union."""

    enabled: bool | None = None
    home_country: Country | None = None
    countries: Countries | None = None
    prices_shown: PricesShown | None = None
    tax_gift_cards: bool | None = None
