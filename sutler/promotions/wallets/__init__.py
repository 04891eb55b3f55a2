"""What affiliates have earned and not been paid yet, and paying it out."""
