"""A second factor: codes of an authenticator app that work once, and recovery codes for when it is lost."""
