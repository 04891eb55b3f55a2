"""What webhooks say about money: payments, refunds and chargebacks."""
