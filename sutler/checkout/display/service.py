"""Showing prices in a visitor's currency, at the rates of this moment: what is charged is settled when they check out."""

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from sutler.catalog.custom_variables.schemas import StorefrontCustomVariableOptionDto
from sutler.catalog.storefront.schemas import (
    StorefrontProductDto,
    StorefrontProductPricingDto,
    StorefrontProductRegionalPricingDto,
    StorefrontSaleDto,
)
from sutler.checkout.carts.schemas import CartDto, CartLineDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.exchange import Conversion, converted
from sutler.stores.exchange_rates.service import adaptive, conversion, known_currency
from sutler.stores.stores.models import Store


async def display(store: StoreContext, seller: Store, wanted: str | None, country: str | None) -> "Display":
    """How to show prices: in the currency that is asked for, else in the visitor's own if the store wants that.

    InvalidInput for what is no currency; the store's own currency where no rate is known that is new enough.
    """
    if wanted:
        to = await conversion(store, seller.currency, known_currency(wanted, "currency"))
    elif seller.show_adaptive_currency_on_storefront:
        to = await adaptive(store, seller, country)
    else:
        to = None
    return Display(seller.currency, to)


class Display(Struct, frozen=True):
    """Shows what is in the currency of the store in another, if there is one."""

    kept_in: str
    to: Conversion | None

    def product(self, dto: StorefrontProductDto) -> StorefrontProductDto:
        """A product in the visitor's currency."""
        if self.to is None:
            return dto
        return replace(
            dto,
            price=self._amount(dto.price),
            currency=self.to.currency,
            pricing=dto.pricing if dto.pricing is UNSET else self._pricing(dto.pricing),
            custom_variables=[replace(one, options=self._options(one.options)) for one in dto.custom_variables],
        )

    def cart(self, dto: CartDto) -> CartDto:
        """A cart in the visitor's currency; its total is that of its lines as they are shown."""
        if self.to is None:
            return dto
        lines = [self._line(line) for line in dto.lines]
        total = sum(line.price * line.quantity for line in lines)
        return replace(dto, lines=lines, total=total, currency=self.to.currency)

    def _amount(self, amount: int) -> int:
        return amount if self.to is None else converted(amount, self.kept_in, self.to)

    def _pricing(self, dto: StorefrontProductPricingDto) -> StorefrontProductPricingDto:
        original, final = self._amount(dto.price_original), self._amount(dto.price_final)
        return replace(
            dto,
            price_original=original,
            price_final=final,
            sale_value=None if dto.sale_value is None else original - final,
            active_sale=self._sale(dto.active_sale),
            regional_pricing=self._regional(dto.regional_pricing),
        )

    def _sale(self, dto: StorefrontSaleDto | UnsetType) -> StorefrontSaleDto | UnsetType:
        if dto is UNSET:
            return UNSET
        off = dto.discount_amount if dto.discount_type == "percent" else self._amount(dto.discount_amount)
        return replace(dto, discount_amount=off, minimum_order_value=self._amount(dto.minimum_order_value))

    def _regional(
        self, dto: StorefrontProductRegionalPricingDto | UnsetType
    ) -> StorefrontProductRegionalPricingDto | UnsetType:
        if dto is UNSET or self.to is None:
            return dto
        return replace(dto, base_price=self._amount(dto.base_price), currency=self.to.currency)

    def _options(self, options: list[StorefrontCustomVariableOptionDto]) -> list[StorefrontCustomVariableOptionDto]:
        return [replace(option, price=self._amount(option.price)) for option in options]

    def _line(self, dto: CartLineDto) -> CartLineDto:
        pricing, variables = self._pricing(dto.pricing), []
        for one in dto.custom_variables:
            options = self._options(one.options)
            selected = next((option for option in options if option.value == one.value), UNSET)
            variables.append(replace(one, options=options, selected_option=selected))
        return replace(dto, price=pricing.price_final, pricing=pricing, custom_variables=variables)
