"""What templates of Discord messages can name."""
