"""Tags group products: category pages, navigation, coupons and sales go by them."""
