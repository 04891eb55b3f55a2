"""What a line costs before any offer: base price, regional price, options, owned step, and tax where it is in the price.

On trial it costs nothing, and there is nothing left for offers and tax.
"""

from sutler.catalog.custom_variables.models import surcharge
from sutler.checkout.pricing.offers import LineToPrice
from sutler.checkout.pricing.results import PricedLine, StepName
from sutler.kernel.money import formatted, percent_floor, round_half_up

WHOLE = 10_000  # basis points


def before_offers(wanted: LineToPrice, currency: str) -> PricedLine:
    """The line at its full price. ValueError for a negative price or a quantity below one."""
    if min(wanted.price, wanted.regional_price or 0) < 0 or wanted.quantity < 1:
        raise ValueError("A line needs a price that is not negative and a quantity of at least one.")
    line = _priced(PricedLine(wanted=wanted, price=0), wanted.price, currency, "base_price")
    if wanted.regional_price is not None and wanted.regional_price != wanted.price:
        line = _priced(line, wanted.regional_price, currency, "regional_price", "Where the buyer is, ")
    return _on_trial(_with_tax_put_in(_from_step(_with_options(line, currency), currency), currency), currency)


def off_each_unit(amount: int, quantity: int, tenths: int) -> int:
    """So many tenths of a percent of each unit, rounded down for each, when the units share an amount evenly.

    So three units of 1499 at 25 % come to three times what one of them does.
    """
    each, dearer = divmod(amount, quantity)
    return dearer * percent_floor(each + 1, tenths) + (quantity - dearer) * percent_floor(each, tenths)


def tax_rate(line: LineToPrice) -> int:
    """All taxes of a line together, in basis points."""
    return sum(rate.basis_points for rate in line.taxes)


def _priced(line: PricedLine, price: int, currency: str, step: StepName, where: str = "") -> PricedLine:
    subtotal = price * line.quantity
    one = f"{where}one unit costs {formatted(price, currency)}"
    several = f"; {line.quantity} of them come to {formatted(subtotal, currency)}" if line.quantity > 1 else ""
    text = f"{one[0].upper()}{one[1:]}{several}."
    return line.at(price, step, text)


def _from_step(line: PricedLine, currency: str) -> PricedLine:
    """Whoever has a lower step of a ladder pays the difference, and never less than nothing."""
    owned = line.wanted.owned
    if owned is None:
        return line
    price = max(0, line.price - owned.price)
    worth = formatted(owned.price, currency)
    return line.at(price, "step", f"{owned.name} is owned already, worth {worth}: the rest is {formatted(price, currency)}.")


def _with_options(line: PricedLine, currency: str) -> PricedLine:
    """What was chosen may make a unit dearer or cheaper, but never cheaper than nothing."""
    wanted = line.wanted
    if not wanted.options:
        return line
    added = tuple(surcharge(option.price, option.price_type, line.price) for option in wanted.options)
    price = max(0, line.price + sum(added))
    parts = [_option(option.name, amount, currency) for option, amount in zip(wanted.options, added, strict=True) if amount]
    text = f"{', '.join(parts) or 'What was chosen costs nothing'}: one unit costs {formatted(price, currency)}."
    return line.at(price, "options", text, surcharges=added)


def _option(name: str, amount: int, currency: str) -> str:
    return f"{name} {'adds' if amount > 0 else 'takes off'} {formatted(abs(amount), currency)}"


def _with_tax_put_in(line: PricedLine, currency: str) -> PricedLine:
    """Where buyers expect prices with tax, a price without it is shown, and discounted, with it."""
    rate = tax_rate(line.wanted)
    if line.wanted.tax_mode != "put_in" or not rate:
        return line
    price = round_half_up(line.price * (WHOLE + rate), WHOLE)
    return line.at(price, "tax", f"With its tax, one unit costs {formatted(price, currency)}.")


def _on_trial(line: PricedLine, currency: str) -> PricedLine:
    """Whoever tries something pays nothing until the trial is over."""
    if not line.wanted.trial:
        return line
    text = f"Free while it is tried; afterwards, one unit costs {formatted(line.price, currency)}."
    return line.at(0, "trial", text)
