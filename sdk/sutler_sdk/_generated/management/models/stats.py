"""What operations of `stats` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import field

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        DayOfWeekDto,
        RevenueBasisDto_V2,
        StatsDimensionTypeDto_V2,
        StatsDistributionTypeDto_V2,
        TimeSeriesChartMetricTypeDto_V2,
        TimeSeriesUnitDto,
        TimeSeriesUnitDto_V2,
    )
else:  # a text that is new must not break a client
    DayOfWeekDto = RevenueBasisDto_V2 = StatsDimensionTypeDto_V2 = StatsDistributionTypeDto_V2 = (
        TimeSeriesChartMetricTypeDto_V2
    ) = TimeSeriesUnitDto = TimeSeriesUnitDto_V2 = str


class CustomerSpendTimeRangeDto(Model, frozen=True, kw_only=True):
    """`CustomerSpendTimeRangeDto` of the contract."""

    average_spend_amount_gross: int
    """Minor units."""
    average_spend_amount_net: int
    """Minor units."""
    customer_id: str
    from_: datetime = field(name="from")
    to: datetime
    total_payments: int
    total_spend_amount_gross: int
    """Minor units."""
    total_spend_amount_net: int
    """Minor units."""


class CustomerStatsDto(Model, frozen=True, kw_only=True):
    """`CustomerStatsDto` of the contract."""

    average_spend_amount_gross: int
    """Minor units."""
    average_spend_amount_net: int
    """Minor units."""
    customer_id: str
    total_active_subscriptions: int
    total_chargebacks: int
    total_monthly_recurring_revenue: int
    """Minor units."""
    total_payments: int
    total_refunds: int
    total_spend_amount_gross: int
    """Minor units."""
    total_spend_amount_net: int
    """Minor units."""


class CustomerStatsDto_V2(Model, frozen=True, kw_only=True):
    """`CustomerStatsDto_V2` of the contract."""

    average_spend_gross: MoneyDto_V2
    average_spend_net: MoneyDto_V2
    customer_id: str
    total_active_subscriptions: int
    total_chargebacks: int
    total_monthly_recurring_revenue: MoneyDto_V2
    total_payments: int
    total_refunds: int
    total_spend_gross: MoneyDto_V2
    total_spend_net: MoneyDto_V2


class DashboardStatsDto(Model, frozen=True, kw_only=True):
    """`DashboardStatsDto` of the contract."""

    average_spend_amount: float
    average_spend_amount_prev: float
    lifetime_sales: int
    lifetime_sales_count: int
    month_sales: int
    month_sales_prev: int
    sales_today: int
    sales_yesterday: int
    store_id: str


class DayOrderStatsDto(Model, frozen=True, kw_only=True):
    """`DayOrderStatsDto` of the contract."""

    day: datetime
    total: int
    """Minor units."""
    total_orders: int


class DimensionStatsEntryDto_V2(Model, frozen=True, kw_only=True):
    """`DimensionStatsEntryDto_V2` of the contract."""

    dimension_id: str
    earnings: MoneyDto_V2 | None = None
    line_count: int
    quantity: int


class DistributionEntryDto_V2(Model, frozen=True, kw_only=True):
    """`DistributionEntryDto_V2` of the contract."""

    comparison: DistributionTotalsDto_V2 | None = None
    current: DistributionTotalsDto_V2
    key: str


class DistributionTotalsDto_V2(Model, frozen=True, kw_only=True):
    """`DistributionTotalsDto_V2` of the contract."""

    gross_volume: MoneyDto_V2 | None = None
    order_count: int


class GetDimensionStatsResponseDto_V2(Model, frozen=True, kw_only=True):
    """`GetDimensionStatsResponseDto_V2` of the contract."""

    dimension_type: StatsDimensionTypeDto_V2
    entries: list[DimensionStatsEntryDto_V2]
    revenue_basis: RevenueBasisDto_V2


class GetDistributionResponseDto_V2(Model, frozen=True, kw_only=True):
    """`GetDistributionResponseDto_V2` of the contract."""

    distribution_type: StatsDistributionTypeDto_V2
    entries: list[DistributionEntryDto_V2]


class IntervalGameServerStatsDto(Model, frozen=True, kw_only=True):
    """`IntervalGameServerStatsDto` of the contract."""

    gameserver_id: str
    store_id: str
    sum_quantity: int
    total_earnings: int
    """Minor units."""
    total_lines: int


class IntervalProductStatsDto(Model, frozen=True, kw_only=True):
    """`IntervalProductStatsDto` of the contract."""

    product_id: str
    store_id: str
    sum_quantity: int
    total_earnings: int
    """Minor units."""
    total_lines: int


class IntervalTagStatsDto(Model, frozen=True, kw_only=True):
    """`IntervalTagStatsDto` of the contract."""

    store_id: str
    sum_quantity: int
    tag_id: str
    total_earnings: int
    """Minor units."""
    total_lines: int


class MoneyDto_V2(Model, frozen=True, kw_only=True):
    """`MoneyDto_V2` of the contract."""

    amount_minor_units: int
    """Minor units."""
    iso_currency: str


class OrderCountryDistributionDataDto(Model, frozen=True, kw_only=True):
    """`OrderCountryDistributionDataDto` of the contract."""

    gross_volume: int
    """Minor units."""
    total_orders: int


class OrderCountryDistributionDto(Model, frozen=True, kw_only=True):
    """`OrderCountryDistributionDto` of the contract."""

    comparison: OrderCountryDistributionDataDto | None = None
    country_code: str
    current: OrderCountryDistributionDataDto


class OrdersSummaryDto_V2(Model, frozen=True, kw_only=True):
    """`OrdersSummaryDto_V2` of the contract."""

    lifetime_average_order_value: MoneyDto_V2 | None = None
    lifetime_order_count: int
    lifetime_revenue: MoneyDto_V2 | None = None
    month_to_date_order_count: int
    month_to_date_revenue: MoneyDto_V2 | None = None
    previous_month_order_count: int
    previous_month_revenue: MoneyDto_V2 | None = None
    revenue_basis: RevenueBasisDto_V2
    today_order_count: int
    today_revenue: MoneyDto_V2 | None = None
    yesterday_order_count: int
    yesterday_revenue: MoneyDto_V2 | None = None


class OrdersSummaryForRangeDto_V2(Model, frozen=True, kw_only=True):
    """`OrdersSummaryForRangeDto_V2` of the contract."""

    average_order_value: MoneyDto_V2 | None = None
    order_count: int
    revenue: MoneyDto_V2 | None = None
    revenue_basis: RevenueBasisDto_V2


class PaymentAcceptanceDistributionDataDto(Model, frozen=True, kw_only=True):
    """`PaymentAcceptanceDistributionDataDto` of the contract."""

    gross_volume: int
    """Minor units."""
    total_orders: int


class PaymentAcceptanceDistributionDto(Model, frozen=True, kw_only=True):
    """`PaymentAcceptanceDistributionDto` of the contract."""

    comparison: PaymentAcceptanceDistributionDataDto | None = None
    current: PaymentAcceptanceDistributionDataDto
    payment_status: str


class PaymentMethodChargebackRateDto_V2(Model, frozen=True, kw_only=True):
    """`PaymentMethodChargebackRateDto_V2` of the contract."""

    chargeback_rate: float
    method_type: str


class PaymentMethodDistributionDataDto(Model, frozen=True, kw_only=True):
    """`PaymentMethodDistributionDataDto` of the contract."""

    gross_volume: int
    """Minor units."""


class PaymentMethodDistributionDto(Model, frozen=True, kw_only=True):
    """`PaymentMethodDistributionDto` of the contract."""

    comparison: PaymentMethodDistributionDataDto | None = None
    current: PaymentMethodDistributionDataDto
    method_type: str


class PaymentPopularTimesOfDayDto(Model, frozen=True, kw_only=True):
    """`PaymentPopularTimesOfDayDto` of the contract."""

    hour: str
    total: int
    """Minor units."""
    weekday: str


class PopularTimeOfDayDto_V2(Model, frozen=True, kw_only=True):
    """`PopularTimeOfDayDto_V2` of the contract."""

    day_of_week: DayOfWeekDto
    hour: int
    payment_count: int


class SubscriptionsSummaryDto_V2(Model, frozen=True, kw_only=True):
    """`SubscriptionsSummaryDto_V2` of the contract."""

    active_subscription_count: int
    average_subscription_value: MoneyDto_V2 | None = None
    monthly_recurring_revenue: MoneyDto_V2 | None = None
    revenue_basis: RevenueBasisDto_V2


class SubscriptionsSummaryForRangeDto_V2(Model, frozen=True, kw_only=True):
    """`SubscriptionsSummaryForRangeDto_V2` of the contract."""

    churned_revenue: MoneyDto_V2 | None = None
    churned_subscription_count: int
    new_subscription_count: int
    revenue_basis: RevenueBasisDto_V2


class TimeSeriesChartDto(Model, frozen=True, kw_only=True):
    """`TimeSeriesChartDto` of the contract."""

    chart: str
    currency: str | None = None
    primary_value: float
    primary_value_comparison: float
    series: list[TimeSeriesChartSeriesDto]
    unit: TimeSeriesUnitDto


class TimeSeriesChartDto_V2(Model, frozen=True, kw_only=True):
    """`TimeSeriesChartDto_V2` of the contract."""

    currency: str | None = None
    dimension_id: str | None = None
    dimension_type: StatsDimensionTypeDto_V2 | None = None
    metric_type: TimeSeriesChartMetricTypeDto_V2
    primary_value: float
    primary_value_comparison: float
    revenue_basis: RevenueBasisDto_V2 | None = None
    series: list[TimeSeriesChartSeriesDto_V2]
    unit: TimeSeriesUnitDto_V2


class TimeSeriesChartSeriesDto(Model, frozen=True, kw_only=True):
    """`TimeSeriesChartSeriesDto` of the contract."""

    data: list[TimeSeriesChartSeriesEntryDto]
    label: str


class TimeSeriesChartSeriesDto_V2(Model, frozen=True, kw_only=True):
    """`TimeSeriesChartSeriesDto_V2` of the contract."""

    entries: list[TimeSeriesChartSeriesEntryDto_V2]
    label: str


class TimeSeriesChartSeriesEntryDto(Model, frozen=True, kw_only=True):
    """`TimeSeriesChartSeriesEntryDto` of the contract."""

    interval_end: datetime
    interval_start: datetime
    value: float


class TimeSeriesChartSeriesEntryDto_V2(Model, frozen=True, kw_only=True):
    """`TimeSeriesChartSeriesEntryDto_V2` of the contract."""

    interval_end: datetime
    interval_start: datetime
    value: float


class TrialsSummaryDto_V2(Model, frozen=True, kw_only=True):
    """`TrialsSummaryDto_V2` of the contract."""

    active_trial_count: int


class TrialsSummaryForRangeDto_V2(Model, frozen=True, kw_only=True):
    """`TrialsSummaryForRangeDto_V2` of the contract."""

    canceled_trial_count: int
    converted_trial_count: int
    started_trial_count: int
