"""Keeping the rates of a store, and filling in those that are public."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import eu_vat_rates_data

from sutler.checkout.tax_rates.models import StoreTaxRate
from sutler.checkout.tax_rates.schemas import CreateTaxRateDto, TaxRateDto
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId

PUBLIC: Final = eu_vat_rates_data.get_all_rates()
"""Value-added tax in Europe by country, from the package eu-vat-rates-data, which takes the EU's from its Commission."""
PUBLISHED: Final = datetime.fromisoformat(eu_vat_rates_data.data_version).replace(tzinfo=UTC)


def in_eu(country: str) -> bool:
    """Whether a country is a member of the European Union."""
    return country in PUBLIC and bool(PUBLIC[country]["eu_member"])


async def rates(store: StoreContext, country: str | None = None) -> list[StoreTaxRate]:
    """All rates of the store, or of one country, by place and then by time."""
    found = store.rows(StoreTaxRate)
    found = found if country is None else found.where(StoreTaxRate.c.country == country.upper())
    return sorted(await store.all(found), key=lambda rate: (rate.country, rate.state, rate.name, rate.valid_from))


async def states(store: StoreContext, countries: Iterable[str]) -> dict[str, list[str]]:
    """The states that have taxes of their own, by country, of those countries that have any such state."""
    of_states = store.rows(StoreTaxRate).where(StoreTaxRate.c.state != "", one_of(StoreTaxRate.c.country, sorted(countries)))
    found: dict[str, list[str]] = {}
    for country, state in sorted({(rate.country, rate.state) for rate in await store.all(of_states)}):
        found.setdefault(country, []).append(state)
    return found


async def create(store: StoreContext, new: CreateTaxRateDto) -> StoreTaxRate:
    """Add a rate. TaxRateExists when there is one for the same place, tax and moment."""
    return await store.add(
        StoreTaxRate(
            country=new.country.upper(),
            state=new.state.strip().upper(),
            name=new.name.strip(),
            tax_code=new.tax_code or "",
            basis_points=new.basis_points,
            valid_from=new.valid_from or clock.now(),
        )
    )


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Take a rate away; orders keep what they were taxed with. NotFound when there is none."""
    found = await store.all(store.rows(StoreTaxRate).where(StoreTaxRate.c.id == id))
    if not found:
        raise NotFound(f"There is no tax rate {id} in this store.")
    await store.remove(found[0])


async def fill_in(store: StoreContext, countries: Iterable[str]) -> list[StoreTaxRate]:
    """Add the public standard rate of each of these countries where the store has none for the whole country, or another.

    What the owner has entered later than the public rates were published stays in force. Returns what was added.
    """
    wanted = sorted(country for country in set(countries) if country in PUBLIC)
    if not wanted:
        return []
    known = await store.all(store.rows(StoreTaxRate).where(one_of(StoreTaxRate.c.country, wanted)))
    newest = {rate.country: rate for rate in sorted(known, key=lambda one: one.valid_from) if not rate.state + rate.tax_code}
    added = [_public(country) for country in wanted if _is_new(country, newest.get(country))]
    await store.add_all(added)
    return added


def _is_new(country: str, present: StoreTaxRate | None) -> bool:
    if present is None:
        return True
    return present.valid_from < PUBLISHED and present.basis_points != _basis_points(country)


def _public(country: str) -> StoreTaxRate:
    return StoreTaxRate(
        country=country,
        state="",
        name=_name(PUBLIC[country]),
        tax_code="",
        basis_points=_basis_points(country),
        valid_from=PUBLISHED,
    )


def _basis_points(country: str) -> int:
    return round(PUBLIC[country]["standard"] * 100)


def _name(facts: Any) -> str:
    """The short local name, such as `MwSt`, with the English one where they differ."""
    local = str(facts["vat_abbr"])
    return local if local.upper() == "VAT" else f"VAT ({local})"


def shown(rate: StoreTaxRate) -> TaxRateDto:
    """A rate as the wire shows it."""
    return TaxRateDto(
        id=rate.id,
        country=rate.country,
        state=rate.state,
        name=rate.name,
        tax_code=rate.tax_code or None,
        basis_points=rate.basis_points,
        valid_from=rate.valid_from,
        created_at=rate.created_at,
    )


def in_force(found: Sequence[StoreTaxRate], state: str, tax_code: str, moment: datetime) -> list[StoreTaxRate]:
    """Those of a country's rates that count in a state, for a tax code, at a moment: one for each name, in any case.

    Where a place has rates of its own for the tax code, they take the place of those for everything there.
    """
    best: dict[tuple[str, str, str], StoreTaxRate] = {}
    for rate in sorted(found, key=lambda one: one.valid_from):
        here = rate.state in ("", state.strip().upper()) and rate.tax_code in ("", tax_code)
        if here and rate.valid_from <= moment:
            best[rate.state, rate.tax_code, rate.name.casefold()] = rate
    special = {rate.state for rate in best.values() if rate.tax_code}
    return [rate for rate in best.values() if rate.basis_points and (rate.tax_code or rate.state not in special)]
