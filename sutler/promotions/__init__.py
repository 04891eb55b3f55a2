"""What makes things cheaper, and who is paid for it: coupons, gift cards, sales and affiliates."""
