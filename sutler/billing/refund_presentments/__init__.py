"""What a refund is in the currency that was paid."""
