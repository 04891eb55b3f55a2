"""How often coupons were redeemed, and that no limit is ever passed."""
