"""The taxes of a sale: by where the buyer is, what is sold, and what the owner has decided."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct, structs

from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.pricing.offers import LineToPrice, TaxMode, TaxRate
from sutler.checkout.tax_rates.models import StoreTaxRate
from sutler.checkout.tax_rates.service import PUBLIC, fill_in, in_eu, in_force, rates, states
from sutler.checkout.taxes.schemas import TaxSettingsDto, UpdateTaxSettingsDto
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.stores.stores.models import Store, TaxSettings
from sutler.stores.stores.service import current

EU: Final = "EU"
OFF: Final = TaxSettings()
CODES: Final = {str(facts["country"]): code for code, facts in PUBLIC.items()}
"""The codes of the countries that jurisdictions name in words."""


class Place(Struct, frozen=True, kw_only=True):
    """Where a buyer is, as far as that is known. `is_business` is for those whose VAT id was found valid."""

    country: str | None = None
    state: str = ""
    is_business: bool = False


def place_of(checkout: Checkout, country: str | None = None) -> Place:
    """Where the buyer of a checkout is; a country that they just entered goes before the one that is known."""
    address = checkout.billing_address
    known = address.country if address else None
    state = (address.state or "") if address and country in (None, known) else ""
    return Place(country=(country or known or "").upper() or None, state=state, is_business=checkout.tax_id_check == "valid")


async def states_that_tax(store: StoreContext, seller: Store) -> dict[str, list[str]]:
    """By country, the states that make a difference to the tax of this store's buyers."""
    return await states(store, seller.tax.countries) if seller.tax is not None and seller.tax.enabled else {}


async def taxed(store: StoreContext, seller: Store, lines: Sequence[LineToPrice], place: Place) -> list[LineToPrice]:
    """The lines with their taxes at this moment, or the reason why there are none.

    As long as nobody knows where the buyer is, they are taxed as at home.
    """
    tax = seller.tax or OFF
    if not tax.enabled:
        return list(lines)
    country = place.country or tax.home_country or ""
    if reason := _untaxed(tax, country, place):
        return [structs.replace(line, not_taxed_reason=reason) for line in lines]
    found = await rates(store, country)
    return [_untaxed_card(line, tax) or _taxed(line, found, place, _mode(seller, tax, line)) for line in lines]


def _untaxed_card(line: LineToPrice, tax: TaxSettings) -> LineToPrice | None:
    """The line as it is where the whole sale is taxed when a gift card pays for it: then selling the card is not taxed."""
    if not (tax.tax_gift_cards and line.sells_gift_cards):
        return None
    return structs.replace(line, not_taxed_reason="A gift card is taxed when it is spent")


def _untaxed(tax: TaxSettings, country: str, place: Place) -> str | None:
    """Why a sale there is not taxed at all."""
    if country not in tax.countries:
        return "No tax is collected where the buyer is"
    if place.is_business and in_eu(country) and tax.home_country not in (None, country):
        return "Reverse charge: the buyer is a business of another country and owes the tax"
    return None


def _taxed(line: LineToPrice, found: Sequence[StoreTaxRate], place: Place, mode: TaxMode) -> LineToPrice:
    mine = in_force(found, place.state, line.tax_code or "", clock.now())
    if not mine:
        return structs.replace(line, not_taxed_reason="No rate of tax is known where the buyer is")
    taxes = tuple(TaxRate(_jurisdiction(rate), rate.name, rate.basis_points) for rate in mine)
    return structs.replace(line, taxes=taxes, tax_mode=mode)


def _mode(seller: Store, tax: TaxSettings, line: LineToPrice) -> TaxMode:
    """How prices and tax meet: as the buyer's region has it, else as everywhere in the store."""
    has_tax_in_it = seller.store_tax_inclusive_pricing or tax.prices_shown == "with_tax"
    if not (has_tax_in_it if line.region_tax_inclusive is None else line.region_tax_inclusive):
        return "on_top"
    return "included" if seller.store_tax_inclusive_pricing else "put_in"


def _jurisdiction(rate: StoreTaxRate) -> str:
    country = str(PUBLIC[rate.country]["country"]) if rate.country in PUBLIC else rate.country
    return f"{rate.state}, {country}" if rate.state else country


def country_of_tax(rate: TaxRate) -> str:
    """The code of the country that a tax belongs to."""
    name = rate.jurisdiction.rpartition(", ")[2]
    return CODES.get(name, name)


async def update(store: StoreContext, changes: UpdateTaxSettingsDto) -> TaxSettings:
    """Change how the store taxes. Countries that are new to it get their public rates. InvalidInput without any country."""
    seller = await store.get(Store, store.store_id)
    given = {name: value for name, value in structs.asdict(changes).items() if value is not None}
    if "countries" in given:
        given["countries"] = _spelled_out(given["countries"])
    if "home_country" in given:
        given["home_country"] = given["home_country"].upper()
    tax = structs.replace(seller.tax or OFF, **given)
    if tax.enabled and not tax.countries:
        text = "Name the `countries` for whose buyers tax is collected before you switch it on; `EU` stands for its members."
        raise InvalidInput(text, [FieldError("Required", text, "countries", "required")])
    await store.change(seller, {"tax": tax})
    await fill_in(store, tax.countries)
    return tax


def _spelled_out(countries: Sequence[str]) -> list[str]:
    wanted = {country.upper() for country in countries}
    if EU in wanted:
        wanted = (wanted - {EU}) | {country for country in PUBLIC if in_eu(country)}
    return sorted(wanted)


async def shown(store: StoreContext) -> TaxSettingsDto:
    """How the store taxes, as the wire shows it."""
    return as_dto((await current(store)).tax or OFF)


def as_dto(tax: TaxSettings) -> TaxSettingsDto:
    """Settings as the wire shows them."""
    return TaxSettingsDto(**structs.asdict(tax))
