"""VAT ids of buyers that are businesses."""
