"""Carts and offers of every kind, for property tests."""

from typing import Any

from hypothesis import strategies as st

from sutler.checkout.pricing.offers import (
    AffiliateOffer,
    CouponOffer,
    GiftCardOffer,
    LineToPrice,
    Offers,
    OptionToPrice,
    SaleOffer,
    Scope,
    TaxRate,
    UpsellOffer,
)

PRODUCTS = ("101", "102", "103")
TAGS = ("201", "202")
CURRENCIES = st.sampled_from(["jpy", "usd", "kwd"])
PRICES = st.one_of(st.just(0), st.integers(50, 500_000))
TAXES = st.sampled_from([
    (), (TaxRate("Netherlands", "VAT", 2100),), (TaxRate("Nowhere", "Zero rate", 0),),
    (TaxRate("Texas", "State tax", 625), TaxRate("Austin", "City tax", 200)),
])  # fmt: skip
OPTIONS = st.builds(
    OptionToPrice, st.just("Option"), st.integers(-1_000_000, 1_000_000), st.sampled_from(["fixed", "percentage"])
)


def line(price: int, quantity: int = 1, key: str = "1", **more: Any) -> LineToPrice:
    """One line."""
    return LineToPrice(key=key, price=price, quantity=quantity, **more)


SHARES = st.tuples(st.just("percent"), st.integers(0, 1000)) | st.tuples(st.just("amount"), st.integers(0, 600_000))
UPSELLS = st.none() | SHARES.map(lambda share: UpsellOffer(product_id="100", kind=share[0], amount=share[1]))  # type: ignore[arg-type]  # one of the two
WANTED = st.builds(
    LineToPrice,
    key=st.integers(1, 10**18).map(str),
    price=PRICES,
    quantity=st.integers(1, 100),
    options=st.lists(OPTIONS, max_size=2).map(tuple),
    product_id=st.sampled_from(PRODUCTS),
    tag_ids=st.lists(st.sampled_from(TAGS), max_size=2, unique=True).map(tuple),
    subscription=st.booleans(),
    trial=st.sampled_from([False, False, False, True]),
    regional_price=st.none() | st.integers(0, 500_000),
    taxes=TAXES,
    tax_mode=st.sampled_from(["on_top", "included", "put_in"]),
    takes_coupons=st.sampled_from([True, True, False]),
    takes_gift_cards=st.sampled_from([True, True, False]),
    takes_affiliates=st.booleans(),
    upsell=UPSELLS,
)
CARTS = st.lists(WANTED, min_size=1, max_size=8, unique_by=lambda one: one.key)
SCOPES = st.builds(
    Scope,
    st.frozensets(st.sampled_from(PRODUCTS), max_size=2),
    st.frozensets(st.sampled_from(TAGS), max_size=1),
)
MINIMUMS = st.sampled_from([0, 0, 5_000, 1_000_000])


def _sale(number: int, share: tuple[str, int], scope: Scope, minimum: int) -> SaleOffer:
    return SaleOffer(
        id=str(300 + number), version_id="1", name="Sale", kind=share[0], amount=share[1],  # type: ignore[arg-type]  # one of the two
        scope=scope, minimum_order=minimum,
    )  # fmt: skip


SALES = st.lists(st.tuples(SHARES, SCOPES, MINIMUMS), max_size=3).map(
    lambda found: tuple(_sale(number, *one) for number, one in enumerate(found))
)
COUPON: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries({
    "share": SHARES, "scope": SCOPES, "minimum_order": MINIMUMS, "individually": st.booleans(),
    "before_sales": st.booleans(), "on_one_time": st.booleans(), "on_subscriptions": st.booleans(),
})  # fmt: skip


def _coupon(number: int, share: tuple[str, int], **more: Any) -> CouponOffer:
    return CouponOffer(
        id=str(400 + number), version_id="1", code=f"CODE-{number}", kind=share[0], amount=share[1], **more  # type: ignore[arg-type]  # one of the two
    )  # fmt: skip


COUPONS = st.lists(COUPON, max_size=3).map(lambda found: tuple(_coupon(number, **one) for number, one in enumerate(found)))
CARDS = st.lists(st.integers(0, 1_000_000), max_size=3).map(
    lambda found: tuple(GiftCardOffer(id=str(500 + n), code=f"…{n}", balance=one) for n, one in enumerate(found))
)
LINKS = st.none() | SHARES.map(lambda share: AffiliateOffer(id="600", code="joe", kind=share[0], amount=share[1]))  # type: ignore[arg-type]  # one of the two
OFFERS = st.builds(
    Offers, sales=SALES, coupons=COUPONS, affiliate=LINKS, gift_cards=CARDS, tax_gift_cards=st.booleans(),
    smallest_payment=st.sampled_from([0, 50]),
)  # fmt: skip
