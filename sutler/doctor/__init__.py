"""The doctor: derives again what can be derived, and says what does not add up. It only reads."""
