"""The form on the checkout page: who pays."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from sutler.billing.orders.service import Payer
from sutler.kernel.countries import COUNTRIES
from sutler.pages.checkout_view import View
from sutler.pages.payer_states import choice_of

LONGEST_NAME: Final = 200
LONGEST_EMAIL: Final = 320
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST_TAX_ID: Final = 50
TOTAL: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class PayerForm:
    """What the fields hold, and by field what is wrong with it."""

    name: str = ""
    email: str = ""
    country: str = ""
    state: str = ""  # as `payer_states` has it
    tax_id: str = ""
    total: int | None = None  # what the page said
    problems: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, view: View) -> Self:
        """Filled in with what is known of the buyer."""
        country = view.billing_country.upper()
        state = choice_of(view.states, country, view.billing_state)
        return cls(view.billing_name, view.billing_email, country, state, view.billing_tax_id)

    @classmethod
    def read(cls, fields: Mapping[str, str]) -> Self:
        """What a visitor entered. Every field may stay empty."""
        name, email, country, state = (clean(fields.get(key, "")) for key in ("name", "email", "country", "state"))
        country = country.upper()
        problems = {}
        if len(name) > LONGEST_NAME:
            problems["name"] = f"This name is longer than {LONGEST_NAME} characters."
        if email and (len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email)):
            problems["email"] = "This is no e-mail address; write one like name@example.com, or leave it empty."
        if country and country not in COUNTRIES:
            problems["country"] = "Choose your country from the list."
        tax_id, total = clean(fields.get("tax_id", ""))[:LONGEST_TAX_ID], fields.get("total", "")
        return cls(name, email, country, state, tax_id, int(total) if TOTAL.fullmatch(total) else None, problems)

    def payer(self, ip: str, visitor_country: str | None) -> Payer:
        """Who pays, from which address and country; what was left empty is taken from the checkout."""
        return Payer(
            billing_name=self.name or None,
            billing_email=self.email or None,
            billing_country=self.country or None,
            customer_ip=ip or None,
            visitor_country=visitor_country,
            billing_tax_id=self.tax_id or None,
            agreed_total=self.total,
        )


def clean(text: str) -> str:
    """One line without control characters, which no name has and no database wants."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
