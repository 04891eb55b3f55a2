"""Tax on what is left of a line, rounded half up: on top of it, or as the part of it that it already contains."""

from collections.abc import Sequence

from msgspec.structs import replace

from sutler.checkout.pricing.offers import TaxRate
from sutler.checkout.pricing.results import PricedLine, Taxed
from sutler.checkout.pricing.units import WHOLE, tax_rate
from sutler.kernel.money import formatted, round_half_up, spread


def with_tax(line: PricedLine, currency: str) -> PricedLine:
    """The line with its taxes and its total."""
    wanted = line.wanted
    if not wanted.taxes:
        why = wanted.not_taxed_reason or "No tax is configured"
        text = f"{why.rstrip('.')}, so {formatted(line.left, currency)} is to be paid."
        return replace(line, total_amount=line.left).changed("tax", 0, text)
    return _on_top(line, currency) if wanted.tax_mode == "on_top" else _contained(line, currency)


def _on_top(line: PricedLine, currency: str) -> PricedLine:
    taxes = tuple(Taxed(rate, line.left, amount) for rate, amount in _amounts(line.left, line.wanted.taxes))
    tax = sum(one.amount for one in taxes)
    total = line.left + tax
    text = f"{_named(taxes, currency)}, so {formatted(total, currency)} is to be paid."
    return replace(line, taxes=taxes, tax_amount=tax, total_amount=total).changed("tax", tax, text)


def _amounts(taxable: int, rates: Sequence[TaxRate]) -> list[tuple[TaxRate, int]]:
    """What comes on top for each rate. Those of one jurisdiction, such as a state's and its counties', are rounded in sum.

    So say the laws of states that collect local taxes with their own: Texas Tax Code § 322.103(b), RCW 82.08.054.
    """
    amounts: dict[int, int] = {}
    for jurisdiction in dict.fromkeys(rate.jurisdiction for rate in rates):
        places = [place for place, rate in enumerate(rates) if rate.jurisdiction == jurisdiction]
        points = [rates[place].basis_points for place in places]
        amounts |= zip(places, spread(round_half_up(taxable * sum(points), WHOLE), points), strict=True)
    return [(rate, amounts[place]) for place, rate in enumerate(rates)]


def _contained(line: PricedLine, currency: str) -> PricedLine:
    rate = tax_rate(line.wanted)
    tax = round_half_up(line.left * rate, WHOLE + rate)
    shares = spread(tax, [rate.basis_points for rate in line.wanted.taxes]) if tax else [0] * len(line.wanted.taxes)
    taxes = tuple(Taxed(rate, line.left - tax, share) for rate, share in zip(line.wanted.taxes, shares, strict=True))
    text = f"{formatted(line.left, currency)} is to be paid. {_named(taxes, currency)} is in it."
    done = replace(line, taxes=taxes, tax_amount=tax, total_amount=line.left, tax_inclusive=True)
    return done.changed("tax", 0, text)


def _named(taxes: tuple[Taxed, ...], currency: str) -> str:
    return ", ".join(
        f"{one.rate.name} of {one.rate.basis_points / 100:g} % ({formatted(one.amount, currency)})" for one in taxes
    )
