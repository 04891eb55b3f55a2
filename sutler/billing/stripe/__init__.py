"""Which of our payments Stripe was asked to take from a kept card, without the payer."""
