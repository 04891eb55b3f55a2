"""What the commands of items can speak of: who, what, where and which order."""
