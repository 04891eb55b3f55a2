"""Customers with the people behind them."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from sutler.customers.customers.schemas import CustomerDto
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Query

MEMBERS: Final = ("created_by", "updated_by")
Names = Annotated[str, Meta(max_length=100)]


class Expand(Query):
    """Our own: members to show beside the usual ones, `created_by` and `updated_by`, repeated or joined by commas."""

    expand: list[Names] | None = None


class AuthorDto(Struct):
    """Somebody who works for the store; an API key goes by the name that it was given."""

    id: FlakeId
    first_name: str
    last_name: str


class CreatedDto(CustomerDto, kw_only=True):
    """A customer with whoever made them."""

    created_by: AuthorDto | None


class UpdatedDto(CustomerDto, kw_only=True):
    """A customer with whoever changed them last."""

    updated_by: AuthorDto | None


class AuthoredDto(CustomerDto, kw_only=True):
    """A customer with both; null where nobody of the store did it, such as when a customer signed in by themselves."""

    created_by: AuthorDto | None
    updated_by: AuthorDto | None
