"""`sutler demo`: the store that it makes, what it prints, and that it does so once."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import httpx2

from sutler.demo.month import visits
from sutler.kernel import clock
from tests.cli.conftest import Installation
from tests.make.demo import QUEUE, DemoStore, must
from tests.processes import free_port, started, wait_until


class TestDemo:
    def test_prints_one_line_of_json_once_it_answers(self, place: Installation) -> None:
        server = place.server("demo", "--json", "--no-history")
        with started(server):
            demo = DemoStore.of(server)
            order = demo.buy()
            with demo.manager() as manager:
                orders = must(manager.get(f"{demo.path}/orders"))
            with demo.plugin() as plugin:
                (command,) = must(plugin.get(QUEUE, params={"wait": 20}))
            headers = {"Authorization": f"Customer {demo.customer_token}"}
            products = must(httpx2.get(f"{demo.url}/v1/store/products", headers=headers))
            menu = must(httpx2.get(f"{demo.url}/v1/store/navlinks", headers=headers))
            modules = must(httpx2.get(f"{demo.url}/v1/webstores/{demo.store_id}/modules/prepared"))
            picture = httpx2.get(products[-1]["image_url"])

        assert len(server.output.splitlines()) == 1
        assert [one["id"] for one in orders] == [order["id"]]  # nothing was sold before
        assert demo.url == server.url
        assert (order["total_amount"], order["customer"]["id"]) == (999, demo.customer_id)
        assert command["command"] == "oxide.usergroup add 76561197960287930 vip"
        assert {("VIP", 999), ("Starter kit", 0)} < {(product["name"], product["price"]) for product in products}
        assert len(products) == 13
        assert {tag["slug"] for product in products for tag in product["tags"]} == {"ranks", "kits", "crates", "extras"}
        assert [node["name"] for node in menu] == ["Ranks", "Kits", "Crates", "Extras"]
        assert [one["id"] for one in modules] == ["text_box", "payment_goal", "top_customer", "recent_payments"]
        assert picture.content.startswith(b"\x89PNG")

    def test_keeps_the_data_and_makes_fresh_credentials(self, place: Installation) -> None:
        server = place.server("demo", "--json")
        with started(server):
            first = DemoStore.of(server)
            first.buy()
            with first.manager() as manager:
                before = must(manager.get(f"{first.path}/orders", params={"limit": 100}))
            server.stop()
            server.start()
            wait_until(lambda: len(server.output.splitlines()) == 2, "the second line did not come")
            second = DemoStore.of(server)
            with second.manager() as manager:
                orders = must(manager.get(f"{second.path}/orders", params={"limit": 100}))
                names = [product["name"] for product in must(manager.get(f"{second.path}/products"))]
                menu = must(manager.get(f"{second.path}/navlinks"))
            with first.plugin() as old, second.plugin() as new:
                statuses = [plugin.get(QUEUE).status_code for plugin in (old, new)]

        kept = ("url", "store_id", "customer_id", "gameserver_id", "product_id")
        assert [getattr(first, name) for name in kept] == [getattr(second, name) for name in kept]
        assert not {first.api_key, first.customer_token, first.gameserver_token} & set(vars(second).values())
        assert [order["id"] for order in orders] == [order["id"] for order in before]
        assert len(names) == len(set(names)) == 13
        assert len(menu) == 4
        assert statuses == [401, 200]

    def test_never_touches_a_store_that_takes_real_money(self, sqlite_place: Installation) -> None:
        sqlite_place.says("store", "create", "Demo", "--live")

        assert "takes real money" in sqlite_place.refuses("demo", "--json", "--port", str(free_port()))


class TestMonthOfOrders:
    def test_is_in_the_books_as_if_it_had_happened(self, place: Installation) -> None:
        server = place.server("demo", "--json")
        with started(server):
            demo = DemoStore.of(server)
            with demo.manager() as manager:
                everything = {
                    kind: must(manager.get(f"{demo.path}/{kind}", params={"limit": 100}))
                    for kind in ("orders", "payments", "customers", "delivery/items", "subscriptions")
                }
            with demo.plugin() as plugin:
                waiting = must(plugin.get(QUEUE))
            bought = demo.buy()

        assert_that_it_looks_like_a_month(everything["orders"])
        assert 24 <= len(everything["customers"]) <= 30
        assert {payment["status"] for payment in everything["payments"]} == {"completed", "failed"}
        assert any(item["gift"] for item in everything["delivery/items"])
        assert {"used", "active"} <= {item["state"] for item in everything["delivery/items"]}
        assert [(one["status"], one["billing_cycle_sequence"]) for one in everything["subscriptions"]] == [
            ("active", cycle) for cycle in (2, 3, 3, 4)
        ]
        assert all(when(one["current_period_end"]) > clock.real_now() for one in everything["subscriptions"])
        assert waiting == []
        assert abs(when(bought["created_at"]) - clock.real_now()) < timedelta(minutes=5)  # real time again
        assert "Everything adds up." in place.says("doctor")

    def test_is_the_same_each_time(self) -> None:
        story = visits()

        assert story == visits()
        assert 60 <= len(story) <= 100
        assert {visit.ending for visit in story} == {"paid", "declined, then paid", "declined", "abandoned"}


def assert_that_it_looks_like_a_month(orders: list[dict[str, Any]]) -> None:
    """Newest first, on most of thirty days, nothing of it still to come; each order with items to show for it."""
    moments = [when(order["created_at"]) for order in orders]
    assert 60 <= len(orders) <= 100
    assert moments == sorted(moments, reverse=True)
    assert timedelta(hours=1) < clock.real_now() - moments[0] < timedelta(days=2)
    assert len({moment.date() for moment in moments}) > 24
    assert set(Counter(order["status"] for order in orders)) == {"completed", "canceled"}
    assert all(when(order["completed_at"]) >= when(order["created_at"]) for order in orders if order["completed_at"])


def when(text: str) -> datetime:
    """A moment on the wire."""
    return datetime.fromisoformat(text)
