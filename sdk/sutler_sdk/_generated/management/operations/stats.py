"""Operations of `stats`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._calls import Operation
from sutler_sdk._deprecation import deprecated
from sutler_sdk._generated.management.models.stats import (
    CustomerSpendTimeRangeDto,
    CustomerStatsDto,
    CustomerStatsDto_V2,
    DashboardStatsDto,
    DayOrderStatsDto,
    GetDimensionStatsResponseDto_V2,
    GetDistributionResponseDto_V2,
    IntervalGameServerStatsDto,
    IntervalProductStatsDto,
    IntervalTagStatsDto,
    OrderCountryDistributionDto,
    OrdersSummaryDto_V2,
    OrdersSummaryForRangeDto_V2,
    PaymentAcceptanceDistributionDto,
    PaymentMethodChargebackRateDto_V2,
    PaymentMethodDistributionDto,
    PaymentPopularTimesOfDayDto,
    PopularTimeOfDayDto_V2,
    SubscriptionsSummaryDto_V2,
    SubscriptionsSummaryForRangeDto_V2,
    TimeSeriesChartDto,
    TimeSeriesChartDto_V2,
    TrialsSummaryDto_V2,
    TrialsSummaryForRangeDto_V2,
)

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        CustomerSortFieldDto_V2,
        RevenueBasisDto_V2,
        StatsDimensionTypeDto_V2,
        StatsDistributionTypeDto_V2,
        TimeSeriesChartMetricTypeDto_V2,
        TimeSeriesUnitDto_V2,
    )
    from sutler_sdk.transport import AsyncTransport, Transport

GET_CUSTOMER_STATS_LEGACY = Operation("GET", "/v1/stores/{store_id}/customers/{customer_id}/stats", CustomerStatsDto)
GET_DASHBOARD_STATS = Operation("GET", "/v1/stores/{store_id}/stats/dashboard", DashboardStatsDto)
GET_ORDER_COUNTRY_DISTRIBUTION = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/countries/distribution", list[OrderCountryDistributionDto]
)
GET_SORTED_CUSTOMERS_STATS = Operation("GET", "/v1/stores/{store_id}/stats/detailed/customers", list[CustomerStatsDto])
GET_SORTED_CUSTOMERS_STATS_TIME_RANGE = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/customers/range", list[CustomerSpendTimeRangeDto]
)
GET_PAYMENT_ACCEPTANCE_DISTRIBUTION = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/payment-acceptance", list[PaymentAcceptanceDistributionDto]
)
GET_PAYMENT_METHOD_DISTRIBUTION = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/payment_methods/distribution", list[PaymentMethodDistributionDto]
)
GET_GAME_SERVER_STATS_FOR_TIME_PERIOD = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/range-gameservers", list[IntervalGameServerStatsDto]
)
GET_TAG_STATS_FOR_TIME_PERIOD = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/range-tags", list[IntervalTagStatsDto]
)
GET_PAYMENT_POPULAR_TIMES_OF_DAY = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/times_of_day", list[PaymentPopularTimesOfDayDto]
)
GET_ABANDONED_CHECKOUT_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/abandoned_checkouts", list[TimeSeriesChartDto]
)
GET_AFFILIATE_LINK_ORDER_VOLUME_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/affiliate_links/volume", list[TimeSeriesChartDto]
)
GET_GAME_SERVER_ORDER_VOLUME_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/gameserver_order_volume", TimeSeriesChartDto
)
GET_PAYMENT_GROSS_VOLUME_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/gross_volume", TimeSeriesChartDto
)
GET_MARKETING_COUPON_VOLUME_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/marketing_volume/coupon", TimeSeriesChartDto
)
GET_MARKETING_GIFTCARD_VOLUME_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/marketing_volume/giftcard", TimeSeriesChartDto
)
GET_PAYMENT_NET_VOLUME_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/net_volume", TimeSeriesChartDto
)
GET_NEW_CUSTOMER_BY_COUPON_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/new_customer/coupon", TimeSeriesChartDto
)
GET_NEW_CUSTOMER_BY_GIFTCARD_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/new_customer/giftcard", TimeSeriesChartDto
)
GET_PRODUCT_ORDER_VOLUME_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/product_order_volume", TimeSeriesChartDto
)
GET_PURCHASE_FOLLOW_UP_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/purchase_followups", list[TimeSeriesChartDto]
)
GET_SUBSCRIPTION_STATS_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/subscriptions", list[TimeSeriesChartDto]
)
GET_SUBSCRIPTION_PRODUCT_STATS_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/subscriptions_product", list[TimeSeriesChartDto]
)
GET_TAG_ORDER_VOLUME_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/tag_order_volume", TimeSeriesChartDto
)
GET_TRIALS_STATS_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/trials", list[TimeSeriesChartDto]
)
GET_UPSELLS_TIME_SERIES = Operation(
    "GET", "/v1/stores/{store_id}/stats/detailed/timeseries/upsells", list[TimeSeriesChartDto]
)
GET_ORDER_TIME_SERIES = Operation("GET", "/v1/stores/{store_id}/stats/range-orders", list[DayOrderStatsDto])
GET_PRODUCT_STATS_FOR_TIME_PERIOD = Operation(
    "GET", "/v1/stores/{store_id}/stats/range-products", list[IntervalProductStatsDto]
)
GET_PAYMENT_METHOD_TYPES_CHARGEBACK_RATES = Operation(
    "GET", "/v2/stores/{store_id}/stats/chargeback-rate", list[PaymentMethodChargebackRateDto_V2]
)
GET_CUSTOMERS_STATS = Operation("GET", "/v2/stores/{store_id}/stats/customers", list[CustomerStatsDto_V2])
GET_CUSTOMERS_STATS_FOR_RANGE = Operation("GET", "/v2/stores/{store_id}/stats/customers/range", list[CustomerStatsDto_V2])
GET_CUSTOMER_STATS = Operation("GET", "/v2/stores/{store_id}/stats/customers/{customer_id}", CustomerStatsDto_V2)
GET_DIMENSION_STATS = Operation("GET", "/v2/stores/{store_id}/stats/dimension", GetDimensionStatsResponseDto_V2)
GET_DISTRIBUTION = Operation("GET", "/v2/stores/{store_id}/stats/distribution", GetDistributionResponseDto_V2)
GET_ORDERS_SUMMARY = Operation("GET", "/v2/stores/{store_id}/stats/orders/summary", OrdersSummaryDto_V2)
GET_ORDERS_SUMMARY_FOR_RANGE = Operation(
    "GET", "/v2/stores/{store_id}/stats/orders/summary/range", OrdersSummaryForRangeDto_V2
)
GET_POPULAR_TIMES_OF_DAY = Operation("GET", "/v2/stores/{store_id}/stats/popular-times-of-day", list[PopularTimeOfDayDto_V2])
GET_SUBSCRIPTIONS_SUMMARY = Operation("GET", "/v2/stores/{store_id}/stats/subscriptions/summary", SubscriptionsSummaryDto_V2)
GET_SUBSCRIPTIONS_SUMMARY_FOR_RANGE = Operation(
    "GET", "/v2/stores/{store_id}/stats/subscriptions/summary/range", SubscriptionsSummaryForRangeDto_V2
)
GET_TIME_SERIES_CHART = Operation("GET", "/v2/stores/{store_id}/stats/timeseries", TimeSeriesChartDto_V2)
GET_TRIALS_SUMMARY = Operation("GET", "/v2/stores/{store_id}/stats/trials/summary", TrialsSummaryDto_V2)
GET_TRIALS_SUMMARY_FOR_RANGE = Operation(
    "GET", "/v2/stores/{store_id}/stats/trials/summary/range", TrialsSummaryForRangeDto_V2
)


class Stats:
    """Operations of `stats`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @deprecated("The contract calls this deprecated. Use get_customer_stats.")
    def get_customer_stats_legacy(self, customer_id: str) -> CustomerStatsDto:
        """Get customer stats legacy: `GET /v1/stores/{store_id}/customers/{customer_id}/stats`."""
        return self._transport.call(GET_CUSTOMER_STATS_LEGACY, path={"customer_id": customer_id})

    @deprecated("The contract calls this deprecated.")
    def get_dashboard_stats(self, *, tz: str | None = None, dpt: str | None = None) -> DashboardStatsDto:
        """Get dashboard stats: `GET /v1/stores/{store_id}/stats/dashboard`."""
        return self._transport.call(GET_DASHBOARD_STATS, query={"tz": tz, "dpt": dpt})

    @deprecated("The contract calls this deprecated.")
    def get_order_country_distribution(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[OrderCountryDistributionDto]:
        """Get order country distribution: `GET /v1/stores/{store_id}/stats/detailed/countries/distribution`."""
        return self._transport.call(
            GET_ORDER_COUNTRY_DISTRIBUTION,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_sorted_customers_stats(
        self,
        *,
        sort_field: str | None = None,
        limit: str | None = None,
        after: str | None = None,
        before: str | None = None,
        sort_dir: str | None = None,
    ) -> list[CustomerStatsDto]:
        """Get sorted customers stats: `GET /v1/stores/{store_id}/stats/detailed/customers`."""
        return self._transport.call(
            GET_SORTED_CUSTOMERS_STATS,
            query={"sort_field": sort_field, "limit": limit, "after": after, "before": before, "sort_dir": sort_dir},
        )

    @deprecated("The contract calls this deprecated.")
    def get_sorted_customers_stats_time_range(
        self,
        *,
        start: datetime,
        end: datetime,
        sort_field: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
        limit: str | None = None,
        after: str | None = None,
        before: str | None = None,
        sort_dir: str | None = None,
    ) -> list[CustomerSpendTimeRangeDto]:
        """Get sorted customers stats time range: `GET /v1/stores/{store_id}/stats/detailed/customers/range`."""
        return self._transport.call(
            GET_SORTED_CUSTOMERS_STATS_TIME_RANGE,
            query={
                "sort_field": sort_field,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
                "limit": limit,
                "after": after,
                "before": before,
                "sort_dir": sort_dir,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_payment_acceptance_distribution(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[PaymentAcceptanceDistributionDto]:
        """Get payment acceptance distribution: `GET /v1/stores/{store_id}/stats/detailed/payment-acceptance`."""
        return self._transport.call(
            GET_PAYMENT_ACCEPTANCE_DISTRIBUTION,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_payment_method_distribution(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[PaymentMethodDistributionDto]:
        """Get payment method distribution: `GET /v1/stores/{store_id}/stats/detailed/payment_methods/distribution`."""
        return self._transport.call(
            GET_PAYMENT_METHOD_DISTRIBUTION,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_game_server_stats_for_time_period(
        self,
        *,
        start: datetime,
        end: datetime,
        limit: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[IntervalGameServerStatsDto]:
        """Get game server stats for time period: `GET /v1/stores/{store_id}/stats/detailed/range-gameservers`."""
        return self._transport.call(
            GET_GAME_SERVER_STATS_FOR_TIME_PERIOD,
            query={
                "limit": limit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_tag_stats_for_time_period(
        self,
        *,
        start: datetime,
        end: datetime,
        limit: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[IntervalTagStatsDto]:
        """Get tag stats for time period: `GET /v1/stores/{store_id}/stats/detailed/range-tags`."""
        return self._transport.call(
            GET_TAG_STATS_FOR_TIME_PERIOD,
            query={
                "limit": limit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_payment_popular_times_of_day(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[PaymentPopularTimesOfDayDto]:
        """Get payment popular times of day: `GET /v1/stores/{store_id}/stats/detailed/times_of_day`."""
        return self._transport.call(
            GET_PAYMENT_POPULAR_TIMES_OF_DAY,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_abandoned_checkout_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get abandoned checkout time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/abandoned_checkouts`."""
        return self._transport.call(
            GET_ABANDONED_CHECKOUT_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_affiliate_link_order_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get affiliate link order volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/affiliate_links/volume`."""
        return self._transport.call(
            GET_AFFILIATE_LINK_ORDER_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_game_server_order_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get game server order volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/gameserver_order_volume`."""
        return self._transport.call(
            GET_GAME_SERVER_ORDER_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_payment_gross_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get payment gross volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/gross_volume`."""
        return self._transport.call(
            GET_PAYMENT_GROSS_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_marketing_coupon_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get marketing coupon volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/marketing_volume/coupon`."""
        return self._transport.call(
            GET_MARKETING_COUPON_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_marketing_giftcard_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get marketing giftcard volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/marketing_volume/giftcard`."""
        return self._transport.call(
            GET_MARKETING_GIFTCARD_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_payment_net_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get payment net volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/net_volume`."""
        return self._transport.call(
            GET_PAYMENT_NET_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_new_customer_by_coupon_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get new customer by coupon time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/new_customer/coupon`."""
        return self._transport.call(
            GET_NEW_CUSTOMER_BY_COUPON_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_new_customer_by_giftcard_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get new customer by giftcard time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/new_customer/giftcard`."""
        return self._transport.call(
            GET_NEW_CUSTOMER_BY_GIFTCARD_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_product_order_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get product order volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/product_order_volume`."""
        return self._transport.call(
            GET_PRODUCT_ORDER_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_purchase_follow_up_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get purchase follow up time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/purchase_followups`."""
        return self._transport.call(
            GET_PURCHASE_FOLLOW_UP_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_subscription_stats_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get subscription stats time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/subscriptions`."""
        return self._transport.call(
            GET_SUBSCRIPTION_STATS_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_subscription_product_stats_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get subscription product stats time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/subscriptions_product`."""
        return self._transport.call(
            GET_SUBSCRIPTION_PRODUCT_STATS_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_tag_order_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get tag order volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/tag_order_volume`."""
        return self._transport.call(
            GET_TAG_ORDER_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_trials_stats_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get trials stats time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/trials`."""
        return self._transport.call(
            GET_TRIALS_STATS_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_upsells_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get upsells time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/upsells`."""
        return self._transport.call(
            GET_UPSELLS_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_order_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        dpt: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[DayOrderStatsDto]:
        """Get order time series: `GET /v1/stores/{store_id}/stats/range-orders`."""
        return self._transport.call(
            GET_ORDER_TIME_SERIES,
            query={
                "dpt": dpt,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    def get_product_stats_for_time_period(
        self,
        *,
        start: datetime,
        end: datetime,
        limit: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[IntervalProductStatsDto]:
        """Get product stats for time period: `GET /v1/stores/{store_id}/stats/range-products`."""
        return self._transport.call(
            GET_PRODUCT_STATS_FOR_TIME_PERIOD,
            query={
                "limit": limit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    def get_payment_method_types_chargeback_rates(self) -> list[PaymentMethodChargebackRateDto_V2]:
        """Get payment method types chargeback rates: `GET /v2/stores/{store_id}/stats/chargeback-rate`."""
        return self._transport.call(GET_PAYMENT_METHOD_TYPES_CHARGEBACK_RATES)

    def get_customers_stats(
        self,
        *,
        sort_field: CustomerSortFieldDto_V2 | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[CustomerStatsDto_V2]:
        """Get customers stats: `GET /v2/stores/{store_id}/stats/customers`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_CUSTOMERS_STATS,
            query={"sort_field": sort_field, "limit": limit, "after": after, "before": before, "asc": asc},
        )

    def get_customers_stats_for_range(
        self,
        *,
        start: datetime,
        end: datetime,
        tz: str,
        sort_field: CustomerSortFieldDto_V2 | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[CustomerStatsDto_V2]:
        """Get customers stats for range: `GET /v2/stores/{store_id}/stats/customers/range`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_CUSTOMERS_STATS_FOR_RANGE,
            query={
                "sort_field": sort_field,
                "start": start,
                "end": end,
                "tz": tz,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def get_customer_stats(self, customer_id: str) -> CustomerStatsDto_V2:
        """Get customer stats: `GET /v2/stores/{store_id}/stats/customers/{customer_id}`."""
        return self._transport.call(GET_CUSTOMER_STATS, path={"customer_id": customer_id})

    def get_dimension_stats(
        self,
        *,
        dimension_type: StatsDimensionTypeDto_V2,
        start: datetime,
        end: datetime,
        tz: str,
        limit: int | None = None,
        revenue_basis: RevenueBasisDto_V2 | None = None,
    ) -> GetDimensionStatsResponseDto_V2:
        """Get dimension stats: `GET /v2/stores/{store_id}/stats/dimension`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_DIMENSION_STATS,
            query={
                "dimension_type": dimension_type,
                "start": start,
                "end": end,
                "tz": tz,
                "limit": limit,
                "revenue_basis": revenue_basis,
            },
        )

    def get_distribution(
        self,
        *,
        distribution_type: StatsDistributionTypeDto_V2,
        start: datetime,
        end: datetime,
        tz: str,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
    ) -> GetDistributionResponseDto_V2:
        """Get distribution: `GET /v2/stores/{store_id}/stats/distribution`."""
        return self._transport.call(
            GET_DISTRIBUTION,
            query={
                "distribution_type": distribution_type,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    def get_orders_summary(self, *, tz: str, revenue_basis: RevenueBasisDto_V2 | None = None) -> OrdersSummaryDto_V2:
        """Get orders summary: `GET /v2/stores/{store_id}/stats/orders/summary`."""
        return self._transport.call(GET_ORDERS_SUMMARY, query={"tz": tz, "revenue_basis": revenue_basis})

    def get_orders_summary_for_range(
        self, *, start: datetime, end: datetime, tz: str, revenue_basis: RevenueBasisDto_V2 | None = None
    ) -> OrdersSummaryForRangeDto_V2:
        """Get orders summary for range: `GET /v2/stores/{store_id}/stats/orders/summary/range`."""
        return self._transport.call(
            GET_ORDERS_SUMMARY_FOR_RANGE, query={"start": start, "end": end, "tz": tz, "revenue_basis": revenue_basis}
        )

    def get_popular_times_of_day(self, *, start: datetime, end: datetime, tz: str) -> list[PopularTimeOfDayDto_V2]:
        """Get popular times of day: `GET /v2/stores/{store_id}/stats/popular-times-of-day`."""
        return self._transport.call(GET_POPULAR_TIMES_OF_DAY, query={"start": start, "end": end, "tz": tz})

    def get_subscriptions_summary(self, *, revenue_basis: RevenueBasisDto_V2 | None = None) -> SubscriptionsSummaryDto_V2:
        """Get subscriptions summary: `GET /v2/stores/{store_id}/stats/subscriptions/summary`."""
        return self._transport.call(GET_SUBSCRIPTIONS_SUMMARY, query={"revenue_basis": revenue_basis})

    def get_subscriptions_summary_for_range(
        self, *, start: datetime, end: datetime, tz: str, revenue_basis: RevenueBasisDto_V2 | None = None
    ) -> SubscriptionsSummaryForRangeDto_V2:
        """Get subscriptions summary for range: `GET /v2/stores/{store_id}/stats/subscriptions/summary/range`."""
        return self._transport.call(
            GET_SUBSCRIPTIONS_SUMMARY_FOR_RANGE, query={"start": start, "end": end, "tz": tz, "revenue_basis": revenue_basis}
        )

    def get_time_series_chart(
        self,
        *,
        start: datetime,
        end: datetime,
        tz: str,
        metric_type: TimeSeriesChartMetricTypeDto_V2,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        revenue_basis: RevenueBasisDto_V2 | None = None,
        dimension_type: StatsDimensionTypeDto_V2 | None = None,
        unit: TimeSeriesUnitDto_V2 | None = None,
    ) -> TimeSeriesChartDto_V2:
        """Get time series chart: `GET /v2/stores/{store_id}/stats/timeseries`."""
        return self._transport.call(
            GET_TIME_SERIES_CHART,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
                "revenue_basis": revenue_basis,
                "metric_type": metric_type,
                "dimension_type": dimension_type,
                "unit": unit,
            },
        )

    def get_trials_summary(self) -> TrialsSummaryDto_V2:
        """Get trials summary: `GET /v2/stores/{store_id}/stats/trials/summary`."""
        return self._transport.call(GET_TRIALS_SUMMARY)

    def get_trials_summary_for_range(self, *, start: datetime, end: datetime, tz: str) -> TrialsSummaryForRangeDto_V2:
        """Get trials summary for range: `GET /v2/stores/{store_id}/stats/trials/summary/range`."""
        return self._transport.call(GET_TRIALS_SUMMARY_FOR_RANGE, query={"start": start, "end": end, "tz": tz})


class AsyncStats:
    """Operations of `stats`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    @deprecated("The contract calls this deprecated. Use get_customer_stats.")
    async def get_customer_stats_legacy(self, customer_id: str) -> CustomerStatsDto:
        """Get customer stats legacy: `GET /v1/stores/{store_id}/customers/{customer_id}/stats`."""
        return await self._transport.call(GET_CUSTOMER_STATS_LEGACY, path={"customer_id": customer_id})

    @deprecated("The contract calls this deprecated.")
    async def get_dashboard_stats(self, *, tz: str | None = None, dpt: str | None = None) -> DashboardStatsDto:
        """Get dashboard stats: `GET /v1/stores/{store_id}/stats/dashboard`."""
        return await self._transport.call(GET_DASHBOARD_STATS, query={"tz": tz, "dpt": dpt})

    @deprecated("The contract calls this deprecated.")
    async def get_order_country_distribution(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[OrderCountryDistributionDto]:
        """Get order country distribution: `GET /v1/stores/{store_id}/stats/detailed/countries/distribution`."""
        return await self._transport.call(
            GET_ORDER_COUNTRY_DISTRIBUTION,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_sorted_customers_stats(
        self,
        *,
        sort_field: str | None = None,
        limit: str | None = None,
        after: str | None = None,
        before: str | None = None,
        sort_dir: str | None = None,
    ) -> list[CustomerStatsDto]:
        """Get sorted customers stats: `GET /v1/stores/{store_id}/stats/detailed/customers`."""
        return await self._transport.call(
            GET_SORTED_CUSTOMERS_STATS,
            query={"sort_field": sort_field, "limit": limit, "after": after, "before": before, "sort_dir": sort_dir},
        )

    @deprecated("The contract calls this deprecated.")
    async def get_sorted_customers_stats_time_range(
        self,
        *,
        start: datetime,
        end: datetime,
        sort_field: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
        limit: str | None = None,
        after: str | None = None,
        before: str | None = None,
        sort_dir: str | None = None,
    ) -> list[CustomerSpendTimeRangeDto]:
        """Get sorted customers stats time range: `GET /v1/stores/{store_id}/stats/detailed/customers/range`."""
        return await self._transport.call(
            GET_SORTED_CUSTOMERS_STATS_TIME_RANGE,
            query={
                "sort_field": sort_field,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
                "limit": limit,
                "after": after,
                "before": before,
                "sort_dir": sort_dir,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_payment_acceptance_distribution(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[PaymentAcceptanceDistributionDto]:
        """Get payment acceptance distribution: `GET /v1/stores/{store_id}/stats/detailed/payment-acceptance`."""
        return await self._transport.call(
            GET_PAYMENT_ACCEPTANCE_DISTRIBUTION,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_payment_method_distribution(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[PaymentMethodDistributionDto]:
        """Get payment method distribution: `GET /v1/stores/{store_id}/stats/detailed/payment_methods/distribution`."""
        return await self._transport.call(
            GET_PAYMENT_METHOD_DISTRIBUTION,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_game_server_stats_for_time_period(
        self,
        *,
        start: datetime,
        end: datetime,
        limit: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[IntervalGameServerStatsDto]:
        """Get game server stats for time period: `GET /v1/stores/{store_id}/stats/detailed/range-gameservers`."""
        return await self._transport.call(
            GET_GAME_SERVER_STATS_FOR_TIME_PERIOD,
            query={
                "limit": limit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_tag_stats_for_time_period(
        self,
        *,
        start: datetime,
        end: datetime,
        limit: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[IntervalTagStatsDto]:
        """Get tag stats for time period: `GET /v1/stores/{store_id}/stats/detailed/range-tags`."""
        return await self._transport.call(
            GET_TAG_STATS_FOR_TIME_PERIOD,
            query={
                "limit": limit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_payment_popular_times_of_day(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[PaymentPopularTimesOfDayDto]:
        """Get payment popular times of day: `GET /v1/stores/{store_id}/stats/detailed/times_of_day`."""
        return await self._transport.call(
            GET_PAYMENT_POPULAR_TIMES_OF_DAY,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_abandoned_checkout_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get abandoned checkout time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/abandoned_checkouts`."""
        return await self._transport.call(
            GET_ABANDONED_CHECKOUT_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_affiliate_link_order_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get affiliate link order volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/affiliate_links/volume`."""
        return await self._transport.call(
            GET_AFFILIATE_LINK_ORDER_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_game_server_order_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get game server order volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/gameserver_order_volume`."""
        return await self._transport.call(
            GET_GAME_SERVER_ORDER_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_payment_gross_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get payment gross volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/gross_volume`."""
        return await self._transport.call(
            GET_PAYMENT_GROSS_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_marketing_coupon_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get marketing coupon volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/marketing_volume/coupon`."""
        return await self._transport.call(
            GET_MARKETING_COUPON_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_marketing_giftcard_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get marketing giftcard volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/marketing_volume/giftcard`."""
        return await self._transport.call(
            GET_MARKETING_GIFTCARD_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_payment_net_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get payment net volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/net_volume`."""
        return await self._transport.call(
            GET_PAYMENT_NET_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_new_customer_by_coupon_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get new customer by coupon time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/new_customer/coupon`."""
        return await self._transport.call(
            GET_NEW_CUSTOMER_BY_COUPON_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_new_customer_by_giftcard_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get new customer by giftcard time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/new_customer/giftcard`."""
        return await self._transport.call(
            GET_NEW_CUSTOMER_BY_GIFTCARD_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_product_order_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get product order volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/product_order_volume`."""
        return await self._transport.call(
            GET_PRODUCT_ORDER_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_purchase_follow_up_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get purchase follow up time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/purchase_followups`."""
        return await self._transport.call(
            GET_PURCHASE_FOLLOW_UP_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_subscription_stats_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get subscription stats time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/subscriptions`."""
        return await self._transport.call(
            GET_SUBSCRIPTION_STATS_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_subscription_product_stats_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get subscription product stats time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/subscriptions_product`."""
        return await self._transport.call(
            GET_SUBSCRIPTION_PRODUCT_STATS_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_tag_order_volume_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> TimeSeriesChartDto:
        """Get tag order volume time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/tag_order_volume`."""
        return await self._transport.call(
            GET_TAG_ORDER_VOLUME_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_trials_stats_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get trials stats time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/trials`."""
        return await self._transport.call(
            GET_TRIALS_STATS_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_upsells_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        comparison_start: datetime,
        comparison_end: datetime,
        unit: str | None = None,
        tz: str | None = None,
    ) -> list[TimeSeriesChartDto]:
        """Get upsells time series: `GET /v1/stores/{store_id}/stats/detailed/timeseries/upsells`."""
        return await self._transport.call(
            GET_UPSELLS_TIME_SERIES,
            query={
                "unit": unit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_order_time_series(
        self,
        *,
        start: datetime,
        end: datetime,
        dpt: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[DayOrderStatsDto]:
        """Get order time series: `GET /v1/stores/{store_id}/stats/range-orders`."""
        return await self._transport.call(
            GET_ORDER_TIME_SERIES,
            query={
                "dpt": dpt,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    @deprecated("The contract calls this deprecated.")
    async def get_product_stats_for_time_period(
        self,
        *,
        start: datetime,
        end: datetime,
        limit: str | None = None,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        tz: str | None = None,
    ) -> list[IntervalProductStatsDto]:
        """Get product stats for time period: `GET /v1/stores/{store_id}/stats/range-products`."""
        return await self._transport.call(
            GET_PRODUCT_STATS_FOR_TIME_PERIOD,
            query={
                "limit": limit,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    async def get_payment_method_types_chargeback_rates(self) -> list[PaymentMethodChargebackRateDto_V2]:
        """Get payment method types chargeback rates: `GET /v2/stores/{store_id}/stats/chargeback-rate`."""
        return await self._transport.call(GET_PAYMENT_METHOD_TYPES_CHARGEBACK_RATES)

    async def get_customers_stats(
        self,
        *,
        sort_field: CustomerSortFieldDto_V2 | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[CustomerStatsDto_V2]:
        """Get customers stats: `GET /v2/stores/{store_id}/stats/customers`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_CUSTOMERS_STATS,
            query={"sort_field": sort_field, "limit": limit, "after": after, "before": before, "asc": asc},
        )

    async def get_customers_stats_for_range(
        self,
        *,
        start: datetime,
        end: datetime,
        tz: str,
        sort_field: CustomerSortFieldDto_V2 | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[CustomerStatsDto_V2]:
        """Get customers stats for range: `GET /v2/stores/{store_id}/stats/customers/range`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_CUSTOMERS_STATS_FOR_RANGE,
            query={
                "sort_field": sort_field,
                "start": start,
                "end": end,
                "tz": tz,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    async def get_customer_stats(self, customer_id: str) -> CustomerStatsDto_V2:
        """Get customer stats: `GET /v2/stores/{store_id}/stats/customers/{customer_id}`."""
        return await self._transport.call(GET_CUSTOMER_STATS, path={"customer_id": customer_id})

    async def get_dimension_stats(
        self,
        *,
        dimension_type: StatsDimensionTypeDto_V2,
        start: datetime,
        end: datetime,
        tz: str,
        limit: int | None = None,
        revenue_basis: RevenueBasisDto_V2 | None = None,
    ) -> GetDimensionStatsResponseDto_V2:
        """Get dimension stats: `GET /v2/stores/{store_id}/stats/dimension`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_DIMENSION_STATS,
            query={
                "dimension_type": dimension_type,
                "start": start,
                "end": end,
                "tz": tz,
                "limit": limit,
                "revenue_basis": revenue_basis,
            },
        )

    async def get_distribution(
        self,
        *,
        distribution_type: StatsDistributionTypeDto_V2,
        start: datetime,
        end: datetime,
        tz: str,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
    ) -> GetDistributionResponseDto_V2:
        """Get distribution: `GET /v2/stores/{store_id}/stats/distribution`."""
        return await self._transport.call(
            GET_DISTRIBUTION,
            query={
                "distribution_type": distribution_type,
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
            },
        )

    async def get_orders_summary(self, *, tz: str, revenue_basis: RevenueBasisDto_V2 | None = None) -> OrdersSummaryDto_V2:
        """Get orders summary: `GET /v2/stores/{store_id}/stats/orders/summary`."""
        return await self._transport.call(GET_ORDERS_SUMMARY, query={"tz": tz, "revenue_basis": revenue_basis})

    async def get_orders_summary_for_range(
        self, *, start: datetime, end: datetime, tz: str, revenue_basis: RevenueBasisDto_V2 | None = None
    ) -> OrdersSummaryForRangeDto_V2:
        """Get orders summary for range: `GET /v2/stores/{store_id}/stats/orders/summary/range`."""
        return await self._transport.call(
            GET_ORDERS_SUMMARY_FOR_RANGE, query={"start": start, "end": end, "tz": tz, "revenue_basis": revenue_basis}
        )

    async def get_popular_times_of_day(self, *, start: datetime, end: datetime, tz: str) -> list[PopularTimeOfDayDto_V2]:
        """Get popular times of day: `GET /v2/stores/{store_id}/stats/popular-times-of-day`."""
        return await self._transport.call(GET_POPULAR_TIMES_OF_DAY, query={"start": start, "end": end, "tz": tz})

    async def get_subscriptions_summary(
        self, *, revenue_basis: RevenueBasisDto_V2 | None = None
    ) -> SubscriptionsSummaryDto_V2:
        """Get subscriptions summary: `GET /v2/stores/{store_id}/stats/subscriptions/summary`."""
        return await self._transport.call(GET_SUBSCRIPTIONS_SUMMARY, query={"revenue_basis": revenue_basis})

    async def get_subscriptions_summary_for_range(
        self, *, start: datetime, end: datetime, tz: str, revenue_basis: RevenueBasisDto_V2 | None = None
    ) -> SubscriptionsSummaryForRangeDto_V2:
        """Get subscriptions summary for range: `GET /v2/stores/{store_id}/stats/subscriptions/summary/range`."""
        return await self._transport.call(
            GET_SUBSCRIPTIONS_SUMMARY_FOR_RANGE, query={"start": start, "end": end, "tz": tz, "revenue_basis": revenue_basis}
        )

    async def get_time_series_chart(
        self,
        *,
        start: datetime,
        end: datetime,
        tz: str,
        metric_type: TimeSeriesChartMetricTypeDto_V2,
        comparison_start: datetime | None = None,
        comparison_end: datetime | None = None,
        revenue_basis: RevenueBasisDto_V2 | None = None,
        dimension_type: StatsDimensionTypeDto_V2 | None = None,
        unit: TimeSeriesUnitDto_V2 | None = None,
    ) -> TimeSeriesChartDto_V2:
        """Get time series chart: `GET /v2/stores/{store_id}/stats/timeseries`."""
        return await self._transport.call(
            GET_TIME_SERIES_CHART,
            query={
                "start": start,
                "end": end,
                "comparison_start": comparison_start,
                "comparison_end": comparison_end,
                "tz": tz,
                "revenue_basis": revenue_basis,
                "metric_type": metric_type,
                "dimension_type": dimension_type,
                "unit": unit,
            },
        )

    async def get_trials_summary(self) -> TrialsSummaryDto_V2:
        """Get trials summary: `GET /v2/stores/{store_id}/stats/trials/summary`."""
        return await self._transport.call(GET_TRIALS_SUMMARY)

    async def get_trials_summary_for_range(self, *, start: datetime, end: datetime, tz: str) -> TrialsSummaryForRangeDto_V2:
        """Get trials summary for range: `GET /v2/stores/{store_id}/stats/trials/summary/range`."""
        return await self._transport.call(GET_TRIALS_SUMMARY_FOR_RANGE, query={"start": start, "end": end, "tz": tz})
