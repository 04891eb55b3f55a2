"""What crosses the wire about tax rates. Sutler's own: the contract's platform owes the tax itself."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from sutler.catalog.products.models import TaxCode
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Query, Wire

Country = Annotated[str, Meta(pattern="^[A-Za-z]{2}$", max_length=2, description="ISO 3166-1 alpha-2.")]
State = Annotated[str, Meta(max_length=50, description="As buyers write it in their address, such as `TX`.")]
Name = Annotated[str, Meta(min_length=1, max_length=50, pattern=r"\S")]
BasisPoints = Annotated[int, Meta(ge=0, le=10_000, description="Hundredths of a percent: 2100 is 21 %.")]


class TaxRateFilter(Query):
    """Which rates to list."""

    country: Country | None = None


class CreateTaxRateDto(Wire):
    """A tax from a moment on: now, unless it says otherwise."""

    country: Country
    name: Name
    basis_points: BasisPoints
    state: State = ""
    tax_code: TaxCode | None = None
    valid_from: datetime | None = None


class TaxRateDto(Struct, frozen=True, kw_only=True):
    """A tax of a country, or of a state of it, from a moment on. Without a `tax_code` it is for everything."""

    id: FlakeId
    country: str
    state: str
    name: str
    tax_code: str | None
    basis_points: int
    valid_from: datetime
    created_at: datetime
