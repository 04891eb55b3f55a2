"""The audit log: who changed what, in a chain that shows whether it was tampered with."""
