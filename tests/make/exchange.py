"""Rates of the European Central Bank's, as it writes them, and stores that let buyers pay in their own currency."""

from datetime import datetime
from typing import Any

from sutler.kernel import clock
from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient

RATES = {"USD": "1.0870", "JPY": "160.27", "GBP": "0.83443", "HUF": "395.48", "KWD": "0.33500"}


def daily_xml(day: datetime | None = None, **rates: str) -> str:
    """`eurofxref-daily.xml` of a day, today unless told otherwise."""
    when = f"{day or clock.real_now():%Y-%m-%d}"
    cubes = "".join(f"<Cube currency='{code}' rate='{rate}'/>" for code, rate in (RATES | rates).items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
        'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject>'
        f"<Cube><Cube time='{when}'>{cubes}</Cube></Cube></gesmes:Envelope>"
    )


async def imported(api: ContractClient, store_id: FlakeId, content: str | None = None) -> dict[str, Any]:
    """What the store knows after an import."""
    answer = await api.post(f"/v1/stores/{store_id}/exchange-rates/import", json={"content": content or daily_xml()})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def pinned(api: ContractClient, store_id: FlakeId, base: str, currency: str, rate: str) -> None:
    """Pin a rate."""
    body = {"base": base, "currency": currency, "rate": rate}
    answer = await api.put(f"/v1/stores/{store_id}/exchange-rates/pins", json=body)
    assert answer.status_code == 200, answer.text


async def adaptive(api: ContractClient, store_id: FlakeId, **changes: Any) -> None:
    """Let buyers pay in the currency of where they are."""
    answer = await api.patch(f"/v1/stores/{store_id}/payment-settings", json={"adaptive_currency_enabled": True} | changes)
    assert answer.status_code in (200, 204), answer.text
