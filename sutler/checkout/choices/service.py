"""Holding answers against the custom variables that a product asks for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from sutler.catalog.custom_variables.models import Chosen, CustomVariable, Option
from sutler.catalog.custom_variables.service import compiled
from sutler.catalog.products.models import Product
from sutler.checkout.pricing.offers import LineToPrice, OptionToPrice
from sutler.checkout.pricing.results import PricedLine
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId
from sutler.kernel.texts import honest

NUMBER: Final = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")

EXACT: Final = 2**53  # floating-point numbers up to here are whole when they look whole

Answers = Mapping[str, str | float]


def choose(
    variables: Sequence[CustomVariable], answers: Answers, path: str, *, all_of_them: bool = True
) -> tuple[list[Chosen], list[FieldError]]:
    """What was chosen for each variable, and everything that is wrong with the answers.

    Answers go by the identifier of the variable, or by its id. What nobody answered is the default of a drop-down; any
    other variable needs an answer, unless its pattern also fits no text at all. With `all_of_them` off it is empty then.
    """
    chosen: list[Chosen] = []
    problems = list(_strangers(variables, answers, path))
    for variable in variables:
        found = _chosen(variable, _text(answers.get(variable.identifier, answers.get(variable.id, ""))))
        if isinstance(found, Chosen):
            chosen.append(found)
        elif all_of_them or {variable.identifier, variable.id} & answers.keys():
            problems.append(FieldError("InvalidVariable", found, f"{path}.{variable.identifier}", "variable"))
        else:
            chosen.append(_kept(variable, "", None))
    return chosen, problems


def to_price(
    key: FlakeId, product: Product, quantity: int, chosen: Sequence[Chosen], *, subscription: bool = False
) -> LineToPrice:
    """A line with what was chosen for it, ready for pricing."""
    return LineToPrice(
        key=key,
        price=product.price,
        quantity=quantity,
        options=options_of(chosen),
        product_id=product.id,
        tag_ids=tuple(product.tag_ids),
        subscription=subscription,
        tax_code=product.tax_code,
        takes_coupons=not product.is_coupons_disabled,
        takes_gift_cards=not product.is_gift_cards_disabled,
        takes_affiliates=not product.is_affiliate_links_disabled,
        sells_gift_cards=product.grant_giftcard,
        tier_group_id=product.tier_group_id,
    )


def options_of(chosen: Sequence[Chosen]) -> tuple[OptionToPrice, ...]:
    """What was chosen, as far as it can change a price."""
    return tuple(OptionToPrice(f"{one.name}: {one.option_name}", one.price, one.price_type) for one in _options(chosen))


def with_surcharges(chosen: Sequence[Chosen], line: PricedLine) -> list[Chosen]:
    """What was chosen for a line, each with what it adds to a unit in minor units, as the line was priced."""
    added = dict(zip((one.id for one in _options(chosen)), line.surcharges, strict=True))
    return [replace(one, price=added.get(one.id, 0), price_type="fixed") for one in chosen]


def _options(chosen: Sequence[Chosen]) -> list[Chosen]:
    return [one for one in chosen if one.option_name is not None]


def _strangers(variables: Sequence[CustomVariable], answers: Answers, path: str) -> Iterator[FieldError]:
    known = {name for variable in variables for name in (variable.identifier, variable.id)}
    for name in answers:
        if name not in known:
            text = f"The product has no custom variable {name}; leave it out."
            yield FieldError("UnknownVariable", text, f"{path}.{name}", "variable")


def _text(answer: str | float) -> str:
    """An answer as text without control characters; of a JSON number as one would write it: `7`, `7.5`."""
    if isinstance(answer, float):
        return str(int(answer) if answer.is_integer() and abs(answer) <= EXACT else answer)
    return honest(str(answer)).strip()


def _chosen(variable: CustomVariable, answer: str) -> Chosen | str:
    """The choice, or what is wrong with the answer."""
    if variable.type == "dropdown":
        option = option_of(variable, answer)
        if option is None:
            return f"Choose one of the options of {variable.name}: {', '.join(one.value for one in variable.options)}."
        return _kept(variable, option.value, option)
    if not answer and not (variable.value_regex and compiled(variable.value_regex).fullmatch("")):
        return f"{variable.name} is required."
    if answer and variable.type == "number" and not NUMBER.fullmatch(answer):
        return f"{variable.name} must be a number."
    if variable.value_regex and not compiled(variable.value_regex).fullmatch(answer):
        return f"{variable.name} does not have the form that it must have: {variable.value_regex}"
    return _kept(variable, answer, None)


def option_of(variable: CustomVariable, answer: str) -> Option | None:
    """The option with this value or, failing that, this id; without an answer the default, if there is one."""
    if not answer:
        return next((option for option in variable.options if option.is_default), None)
    for option in variable.options:
        if option.value == answer:
            return option
    return next((option for option in variable.options if option.id == answer), None)


def _kept(variable: CustomVariable, value: str, option: Option | None) -> Chosen:
    return Chosen(
        id=variable.id,
        identifier=variable.identifier,
        name=variable.name,
        description=variable.description,
        type=variable.type,
        value=value,
        option_name=option.name if option else None,
        price=option.price if option else 0,
        price_type=option.price_type if option else "fixed",
    )
