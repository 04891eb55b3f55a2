"""The cart: what a customer has picked and not yet bought. Each has one, wherever they sign in."""
