"""What moves the balance of a gift card, in the books and in the history of the card."""
