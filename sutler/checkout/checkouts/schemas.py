"""What crosses the wire about checkouts."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import Meta

from sutler.catalog.products.schemas import UpsertProductRequestDto
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int64, Metadata, Wire

MOST_LINES = 100
MOST_UNITS = 100  # of one line: each unit becomes a delivery item of its own
LONGEST_URL = 2000

Quantity = Annotated[int, Meta(ge=1, le=MOST_UNITS, extra_json_schema={"format": "int32"})]
Url = Annotated[str, Meta(max_length=LONGEST_URL)]
AccountId = Annotated[str, Meta(max_length=50, pattern=r"\S")]
ShortCode = Annotated[str, Meta(max_length=100)]
Short = Annotated[str, Meta(max_length=50)]
Text = Annotated[str, Meta(max_length=200)]
Email = Annotated[str, Meta(max_length=320, pattern=r"^[^@\s]+@[^@\s]+$")]
Country = Annotated[str, Meta(pattern="^[A-Za-z]{2}$", description="ISO 3166-1 alpha-2.")]
Codes = Annotated[list[ShortCode], Meta(max_length=50)]
Choices = Annotated[dict[Annotated[str, Meta(max_length=100)], Annotated[str, Meta(max_length=500)]], Meta(max_length=50)]
Answers = Annotated[
    Mapping[Annotated[str, Meta(max_length=100)], Annotated[str, Meta(max_length=500)] | Int64 | float], Meta(max_length=50)
]
"""What is answered for custom variables; the values of numbers may come as JSON numbers."""
CustomerProfilePlatform = Literal[
    "invalid", "steam", "minecraft", "paynow_name", "paynow", "minecraft_java_name", "minecraft_bedrock_name", "xbox_xuid",
    "minecraft_uuid",
]  # fmt: skip


class CustomerPlatformAccountDto(Wire):
    """An account on a game's platform: for whom a line is meant. Ids that are numbers may come as JSON numbers."""

    platform: CustomerProfilePlatform
    id: AccountId | Int64


class InlineProductCreateDto(UpsertProductRequestDto):
    """A product made for one checkout: like any other, but not shown in the shop unless it says otherwise."""


class CreateCheckoutSessionLineManagementPayoutSplitDto(Wire):
    """A share of a line for somebody else."""

    payout_id: Annotated[str, Meta(max_length=100)]
    percentage: Int64 | None = None
    platform_fee: Int64 | None = None


class CreateCheckoutSessionLineManagementDto(Wire):
    """What a back end asks for: one product, how often, for whom and where.

    `subscription` and `trial` may be left out: then the line is what the checkout's own flag or, failing that, the product
    allows. A trial is always one of a subscription.
    """

    subscription: bool | None = None
    trial: bool | None = None
    gift_to: CustomerPlatformAccountDto | None = None
    gift_to_customer_id: FlakeId | None = None
    quantity: Quantity
    selected_gameserver_id: FlakeId | None = None
    custom_variables: Answers | None = None
    product_id: FlakeId | None = None
    inline_product: InlineProductCreateDto | None = None
    payout_splits: Annotated[list[CreateCheckoutSessionLineManagementPayoutSplitDto], Meta(max_length=50)] | None = None
    metadata: Metadata | None = None

    def unsupported(self) -> Iterator[str]:
        """The members that ask for something that this version cannot do."""
        return iter(["payout_splits"] if self.payout_splits else [])


class CreateCheckoutSessionLineDto(Wire):
    """What a customer asks for: one product, how often, for whom and where."""

    product_id: FlakeId
    subscription: bool | None = None
    trial: bool | None = None
    gift_to: CustomerPlatformAccountDto | None = None
    gift_to_customer_id: FlakeId | None = None
    quantity: Quantity
    selected_gameserver_id: FlakeId | None = None
    custom_variables: Answers | None = None


class AddressDto(Wire):
    """A postal address; every part may be missing."""

    country: Country | None = None
    state: Text | None = None
    city: Text | None = None
    postal_code: Short | None = None
    line_1: Text | None = None
    line_2: Text | None = None


class CheckoutCustomerDetailsDto(Wire):
    """Whom the checkout is billed to, as far as that is known beforehand."""

    billing_name: Text | None = None
    billing_email: Email | None = None
    billing_address: AddressDto | None = None
    billing_tax_id: Short | None = None


class _Session(Wire):
    """What both ways to create a checkout share.

    `subscription` is the older form of the lines' flag: it counts for lines that do not say.
    """

    subscription: bool | None = None
    coupon_id: FlakeId | None = None
    promo_codes: Codes | None = None
    affiliate_code: ShortCode | None = None
    return_url: Url | None = None
    cancel_url: Url | None = None
    auto_redirect: bool | None = None


class CreateCheckoutSessionManagementDto(_Session):
    """A checkout that a back end creates for a customer."""

    customer_id: FlakeId
    lines: Annotated[list[CreateCheckoutSessionLineManagementDto], Meta(min_length=1, max_length=MOST_LINES)]
    metadata: Metadata | None = None
    customer_details: CheckoutCustomerDetailsDto | None = None

    def refused(self) -> list[FieldError]:
        """One entry for each member that asks for something that this version cannot do."""
        paths = [f"lines[{number}].{name}" for number, line in enumerate(self.lines) for name in line.unsupported()]
        text = "`{}` is not supported yet; leave it out."
        return [FieldError("NotSupported", text.format(path.rpartition(".")[2]), path, "supported") for path in paths]


class CreateCheckoutSessionRequestDto(_Session):
    """A checkout that a customer creates."""

    lines: Annotated[list[CreateCheckoutSessionLineDto], Meta(min_length=1, max_length=MOST_LINES)]


class CreateCheckoutSessionResponseDto(Wire):
    """Where to pay. The token is the key to the checkout's page; `url` is that page."""

    id: FlakeId
    token: str
    url: str
