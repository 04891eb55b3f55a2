"""Whether a sale is taxed, where and how."""
