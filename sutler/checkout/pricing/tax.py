"""Tax on what is left of a line, rounded half up: on top of it, or as the part of it that it already contains."""

from msgspec.structs import replace

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
    taxes = tuple(Taxed(rate, line.left, round_half_up(line.left * rate.basis_points, WHOLE)) for rate in line.wanted.taxes)
    tax = sum(one.amount for one in taxes)
    total = line.left + tax
    text = f"{_named(taxes, currency)}, so {formatted(total, currency)} is to be paid."
    return replace(line, taxes=taxes, tax_amount=tax, total_amount=total).changed("tax", tax, text)


def _contained(line: PricedLine, currency: str) -> PricedLine:
    tax = line.left - round_half_up(line.left * WHOLE, WHOLE + tax_rate(line.wanted))
    shares = spread(tax, [rate.basis_points for rate in line.wanted.taxes]) if tax else [0] * len(line.wanted.taxes)
    taxes = tuple(Taxed(rate, line.left - tax, share) for rate, share in zip(line.wanted.taxes, shares, strict=True))
    text = f"{formatted(line.left, currency)} is to be paid. {_named(taxes, currency)} is in it."
    done = replace(line, taxes=taxes, tax_amount=tax, total_amount=line.left, tax_inclusive=True)
    return done.changed("tax", 0, text)


def _named(taxes: tuple[Taxed, ...], currency: str) -> str:
    return ", ".join(
        f"{one.rate.name} of {one.rate.basis_points / 100:g} % ({formatted(one.amount, currency)})" for one in taxes
    )
