"""What the process measures about itself."""

from prometheus_client import generate_latest

from sutler.kernel.metrics import Watch


def scraped(watch: Watch) -> list[str]:
    """The lines of a scrape."""
    return generate_latest(watch.registry).decode().splitlines()


class TestWatch:
    def test_counts_requests_by_operation_and_status_in_growing_buckets(self) -> None:
        watch = Watch()
        for seconds in (0.0005, 0.001, 0.003, 20):
            watch.request("Customers_GetCustomers", 200, seconds)
        watch.request("Customers_GetCustomers", 404, 0.3)

        lines = scraped(watch)
        labels = 'operation="Customers_GetCustomers",status="200"'
        assert f'sutler_request_seconds_bucket{{le="0.001",{labels}}} 2.0' in lines
        assert f'sutler_request_seconds_bucket{{le="0.005",{labels}}} 3.0' in lines
        assert f'sutler_request_seconds_bucket{{le="+Inf",{labels}}} 4.0' in lines
        assert f"sutler_request_seconds_count{{{labels}}} 4.0" in lines
        assert next(line for line in lines if line.startswith("sutler_request_seconds_sum") and "404" in line).endswith(
            "0.3"
        )

    def test_counts_jobs_and_slow_writes(self) -> None:
        watch = Watch()
        watch.job("send_webhook", "failed")
        watch.slow_turn("request", 0.2)

        assert 'sutler_jobs_total{kind="send_webhook",outcome="failed"} 1.0' in scraped(watch)
        assert "sutler_slow_writes_total 1.0" in scraped(watch)
