"""Texts that the management API knows. Made by `make sdk`; changes are lost."""

from typing import Literal

AffiliateLinkCommissionTypeDto = Literal["none", "fixed", "percentage"]
AffiliateLinkDiscountTypeDto = Literal["none", "fixed", "percentage"]
AffiliateLinkRefererTypeDto = Literal["invalid", "first_referer", "last_referer"]
BanType = Literal["unknown", "steam", "ip", "customer", "customer_name", "email"]
ChargebackCoverageTypeDto = Literal["unspecified", "none", "fraudulent", "all"]
CouponDiscountTypeDto = Literal["unspecified", "percent", "amount"]
CouponDurationDto = Literal["once", "forever", "repeating"]
CouponFilterStatusDto = Literal["all", "active", "inactive"]
CouponFilterTypeDto = Literal["all", "manual", "generated"]
CustomVariableOptionPriceType = Literal["fixed", "percentage"]
CustomVariableType = Literal["dropdown", "text", "number"]
CustomerMinecraftPlatform = Literal["unknown", "java", "bedrock"]
CustomerProfilePlatform = Literal[
    "invalid",
    "steam",
    "minecraft",
    "paynow_name",
    "paynow",
    "minecraft_java_name",
    "minecraft_bedrock_name",
    "xbox_xuid",
    "minecraft_uuid",
]
CustomerSortFieldDto_V2 = Literal[
    "unspecified",
    "total_spend_gross",
    "total_spend_net",
    "average_spend_gross",
    "average_spend_net",
    "total_active_subscriptions",
    "total_monthly_recurring_revenue",
    "total_payments",
    "total_chargebacks",
    "total_refunds",
]
DayOfWeekDto = Literal["unspecified", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DeliveryItemStateDto = Literal["usable", "active", "used", "revoked", "renewed"]
DiscordActionExecutionStage = Literal["on_purchase", "on_expire", "on_refund", "on_chargeback"]
DiscordActionRevocationStage = Literal["on_expire", "on_refund", "on_chargeback"]
DiscordActionType = Literal["persist_role", "send_message", "ban_user", "kick_user", "generate_invite_link"]
EmailDeliveryStatusDto = Literal["unspecified", "pending", "sent", "delivered", "deferred", "bounced", "dropped", "failed"]
EmailTemplateStateDto = Literal["unspecified", "inactive", "activating", "active"]
EmailTemplateTypeDto = Literal[
    "unspecified",
    "layout",
    "password_reset",
    "email_verification",
    "email_change",
    "email_changed_notification",
    "forgot_password",
    "logged_in_new_location",
    "welcome_login",
    "order_completed",
    "refund_initiated",
    "subscription_canceled",
    "subscription_renewal_failed",
    "subscription_price_changed",
    "subscription_change_verification_code",
    "subscription_renewal_upcoming",
    "subscription_manage_login",
    "subscription_manage_no_history",
    "payout_created",
    "payout_completed",
    "store_invite",
    "store_lock_changed",
    "abandoned_checkout_recovery_attempt",
    "purchase_follow_up_attempt",
    "downloadable_file_granted",
    "discord_invite_link",
    "gift_card_created",
    "trial_ending_soon",
    "invoice_generated",
    "payment_method_type_approval",
    "store_trust_event",
    "data_subject_request_export_completed",
]
GameServerConsoleConnectionStatusDto = Literal["unknown", "disconnected", "connecting", "connected", "backoff"]
GameServerConsoleMessageTypeDto = Literal["unknown", "output", "command", "response", "system"]
GameServerConsoleTypeDto = Literal["unknown", "rust"]
InvoiceStatusDto = Literal["invalid", "pending", "generated", "failed"]
InvoiceTypeDto = Literal["invalid", "invoice", "credit_note"]
OrderStatus = Literal["created", "completed", "canceled", "refunded", "chargeback"]
OrderType = Literal["one_time", "subscription_initial", "subscription_renewal", "subscription_proration", "mixed"]
PayNowActorType = Literal[
    "anonymous", "user", "api_key", "customer", "game_server", "internal", "admin", "platform", "global_customer"
]
PaymentChargebackStatusDto = Literal["none", "pending", "won", "lost"]
PaymentDeclineCode = Literal[
    "unknown",
    "generic_decline",
    "call_issuer",
    "authentication_required",
    "currency_not_supported",
    "duplicate_transaction",
    "expired_card",
    "fraudulent",
    "incorrect_number",
    "incorrect_cvc",
    "incorrect_pin",
    "incorrect_zip",
    "insufficient_funds",
    "invalid_account",
    "invalid_amount",
    "invalid_expiry_month",
    "invalid_expiry_year",
    "issuer_not_available",
    "lost_card",
    "merchant_blacklist",
    "new_account_information_available",
    "no_action_taken",
    "pickup_card",
    "pin_try_exceeded",
    "restricted_card",
    "stolen_card",
    "testmode_decline",
    "try_again_later",
    "security_violation",
    "card_velocity_exceeded",
    "do_not_honor",
    "processing_error",
    "card_not_supported",
    "transaction_not_allowed",
    "authorization_revoked",
    "store_blocked",
]
PaymentGatewayDto = Literal[
    "invalid", "stripe", "paypal", "forumpay", "steamskins", "nuvei", "pagseguro", "tazapay", "paysafe", "checkoutcom"
]
PaymentMethodTypeApprovalStatusDto = Literal["invalid", "pending", "approved", "rejected"]
PaymentStatusDto = Literal[
    "unknown",
    "created",
    "pending",
    "completed",
    "canceled",
    "failed",
    "refunded",
    "chargeback",
    "refund_failed",
    "refund_processing",
]
PlatformCapability = Literal["invalid", "connected_users"]
PlatformType = Literal["invalid", "marketplace", "store_platform", "other"]
PrepaidCardsBlockingTypeDto = Literal["unspecified", "none", "trials", "all_recurring"]
ProductCommandExecutionRuleDto = Literal["invalid", "once_per_item", "once_per_order"]
ProductCommandStage = Literal[
    "invalid", "on_purchase", "on_expire", "on_refund", "on_renew", "on_chargeback", "on_trial_start", "on_trial_expire"
]
ProductDependentMigrationStatusDto = Literal["invalid", "created", "completed"]
ProductDependentMigrationTargetTypeDto = Literal[
    "invalid", "active_subscriptions", "active_unused_delivery_items", "non_expirable_delivery_items"
]
ProductRemoveAfterIntervalScale = Literal["invalid", "day", "week", "month"]
ProductStockTimeScale = Literal["invalid", "day", "week", "month", "year"]
ProductSubscriptionIntervalScale = Literal["invalid", "day", "week", "month", "year"]
ProductTaxCode = Literal[
    "unknown",
    "digital_goods_subscription",
    "digital_goods_permanent",
    "saas",
    "downloaded_software",
    "digital_goods_subscription_gaming",
    "digital_goods_permanent_gaming",
    "iaas",
    "paas",
    "saas_security",
    "saas_storage",
]
ProrationBehaviorDto = Literal["invalid", "immediate", "next_billing_period", "none"]
QueuedDiscordActionExecutionStatus = Literal["success", "failure"]
QueuedDiscordActionStatus = Literal["active", "complete", "errored", "canceled"]
RefundStatus = Literal["created", "approved", "processing", "completed", "canceled", "failed"]
RevenueBasisDto_V2 = Literal["unspecified", "gross", "gross_excluding_taxes", "net"]
SaleDiscountTypeDto = Literal["percent", "amount"]
SaleDurationDto = Literal["unspecified", "once", "forever", "repeating"]
StatsDimensionTypeDto_V2 = Literal[
    "unspecified", "product", "gameserver", "tag", "affiliate_link", "coupon", "giftcard", "payout_id"
]
StatsDistributionTypeDto_V2 = Literal["unspecified", "order_country", "payment_method", "payment_acceptance"]
StorePromoCodeStackingBehaviorDto = Literal["invalid", "disabled", "enabled", "gift_cards_only"]
StoreRequirementActionParty = Literal[
    "invalid", "store", "paynow", "payment_processor", "payout_provider", "kyc_provider", "external"
]
StoreRequirementCategory = Literal[
    "invalid", "business", "kyc", "compliance", "risk", "technical", "financial", "legal", "other"
]
StoreRequirementStatus = Literal[
    "invalid", "pending", "under_review", "requires_revision", "approved", "expired", "waived", "rejected_final"
]
StoreUpsellCheckoutStyleDto = Literal["unknown", "inline", "inline_and_prepayment_dialog", "dedicated_step"]
SubscriptionChangeStatusDto = Literal[
    "invalid", "pending_payment", "pending_renewal", "applied", "canceled", "pending_verification"
]
SubscriptionStatusDto = Literal["invalid", "created", "active", "canceled"]
TimeSeriesChartMetricTypeDto_V2 = Literal[
    "unspecified",
    "payment_volume",
    "payment_count",
    "order_volume",
    "order_count",
    "new_customer_count",
    "subscription_count",
    "trial_count",
    "abandoned_checkout_count",
    "purchase_followup_count",
    "upsell_count",
    "player_count",
    "mrr",
    "tax_volume",
    "gateway_fee_volume",
    "platform_fee_volume",
]
TimeSeriesUnitDto = Literal["hour", "day", "week", "month", "quarter", "year"]
TimeSeriesUnitDto_V2 = Literal["hour", "day", "week", "month", "quarter", "year"]
TrialStatusDto = Literal["created", "active", "canceled", "completed"]
UpsellDiscountTypeDto = Literal["unknown", "none", "fixed", "percentage"]
UpsellTypeDto = Literal["unknown", "additional", "alternative", "increase_quantity"]
WebhookDiscordFormatDto = Literal["Invalid", "Embed", "Text"]
WebhookEventType = Literal[
    "OnIgnore",
    "OnOrderCompleted",
    "OnRefund",
    "OnChargeback",
    "OnDeliveryItemAdded",
    "OnDeliveryItemActivated",
    "OnDeliveryItemUsed",
    "OnDeliveryItemRevoked",
    "OnSubscriptionActivated",
    "OnSubscriptionRenewed",
    "OnSubscriptionCanceled",
    "OnDiscordOrderActionsQueued",
    "OnConnectedUserRegistered",
    "OnConnectedUserBecamePayable",
    "OnConnectedUserPayoutCreated",
    "OnConnectedUserPayoutCompleted",
    "OnConnectedUserTransactionInserted",
    "OnConnectedUserBecameUnpayable",
    "OnTrialActivated",
    "OnTrialCompleted",
    "OnTrialCanceled",
    "OnPurchaseFollowUpAttemptEmailSent",
    "OnPurchaseFollowUpAttemptSucceeded",
    "OnAbandonedCheckoutRecoveryAttemptEmailSent",
    "OnAbandonedCheckoutRecoveryAttemptSucceeded",
    "OnChargebackClosed",
    "OnDeliveryItemExpired",
    "OnDeliveryItemRenewed",
    "OnConnectedUserTrustStatusChanged",
    "OnPaymentCompleted",
    "OnPaymentFailed",
]
WebhookState = Literal["success", "pending", "failed", "all"]
WebhookType = Literal["json_v1", "discord_v1"]
