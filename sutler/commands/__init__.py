"""What the commands of the command line do; `sutler.cli` says what can be typed."""
