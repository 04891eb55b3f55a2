"""Which of PayPal's orders belongs to which payment, and how far we have gone with it."""
