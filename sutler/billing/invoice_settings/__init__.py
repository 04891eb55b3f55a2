"""What a store's invoices say about the seller, and how they look."""
