"""Slugs, and what may be said of a product."""

from itertools import islice

import pytest

from sutler.catalog.product_rules.service import LONGEST_SLUG, cleaned, is_https, slugs_for


class TestCleaned:
    @pytest.mark.parametrize(
        ("text", "slug"),
        [("Premium Package", "premium-package"), ("  VIP  Rank ", "vip-rank"), ("a_b-C9", "a_b-c9"), ("10% off!", "10-off"),
         ("Épée d'or", "epee-dor"), ("--a---b--", "a-b"), ("tab\tand\nline", "tab-and-line"), ("剑", ""), ("", "")],
    )  # fmt: skip
    def test_keeps_what_an_address_can_hold(self, text: str, slug: str) -> None:
        assert cleaned(text) == slug


class TestSlugsFor:
    def test_count_up_behind_the_name(self) -> None:
        assert list(islice(slugs_for("VIP Rank"), 3)) == ["vip-rank", "vip-rank-2", "vip-rank-3"]

    @pytest.mark.parametrize(("name", "slug"), [("X", "product-x"), ("剑", "product"), ("!", "product"), ("VIP", "vip")])
    def test_are_never_too_short(self, name: str, slug: str) -> None:
        assert next(slugs_for(name)) == slug

    def test_are_never_too_long(self) -> None:
        slugs = list(islice(slugs_for("a very long name of a product, with -- in it"), 1500))

        assert max(len(slug) for slug in slugs) <= LONGEST_SLUG
        assert slugs[0] == "a-very-long-name-of-a-product-with-i"
        assert slugs[1499] == "a-very-long-name-of-a-product-w-1500"
        assert len(set(slugs)) == 1500


class TestIsHttps:
    @pytest.mark.parametrize("url", ["https://example.com/a.png", "https://example.com:8443/?a=b#c"])
    def test_takes_full_addresses(self, url: str) -> None:
        assert is_https(url)

    @pytest.mark.parametrize(
        "url",
        ["", "a.png", "http://example.com/a.png", "https://", "https:///a.png", "//example.com/a.png", "javascript:alert(1)",
         "https://example.com/a b", 'https://example.com/"', "https://example.com:x/", "https://example.com:0/", "https://[::1"],
    )  # fmt: skip
    def test_takes_nothing_else(self, url: str) -> None:
        assert not is_https(url)
