"""Amounts as PayPal writes them."""

from decimal import Decimal
from typing import Final

from msgspec import Struct

from sutler.billing.gateways.paypal_api import Rejected
from sutler.kernel.money import decimals

_CODES = "aud brl cad chf cny czk dkk eur gbp hkd huf ils jpy mxn myr nok nzd php pln sek sgd thb twd usd"
CURRENCIES: Final = frozenset(_CODES.split())
"""The currencies that PayPal takes. None has three decimals."""
WITHOUT_DECIMALS: Final = ("huf", "jpy", "twd")  # with PayPal; it isn't always so in ISO 4217


class Money(Struct):
    """An amount in PayPal's words."""

    currency_code: str
    value: str


def written(amount: int, currency: str) -> dict[str, str]:
    """An amount as PayPal reads it; `Rejected` for one that it cannot take."""
    if currency not in CURRENCIES:
        raise Rejected(422, "CURRENCY_NOT_SUPPORTED", f"PayPal takes no {currency.upper()}.")
    digits = decimals(currency)
    if currency in WITHOUT_DECIMALS:
        amount, rest = divmod(amount, 10**digits)
        if rest:
            raise Rejected(422, "DECIMALS_NOT_SUPPORTED", f"PayPal takes no fractions of {currency.upper()}.")
        digits = 0
    return {"currency_code": currency.upper(), "value": f"{Decimal(amount).scaleb(-digits):f}"}


def can_be_charged(amount: int, currency: str) -> bool:
    """Whether PayPal takes just this."""
    try:
        written(amount, currency)
    except Rejected:
        return False
    return True


def minor_units(money: Money | None, currency: str) -> int:
    """An amount as we count it; nothing when there is none, or when it is in another currency than the payment."""
    if money is None or money.currency_code.lower() != currency:
        return 0
    return int(Decimal(money.value).scaleb(decimals(currency)))
