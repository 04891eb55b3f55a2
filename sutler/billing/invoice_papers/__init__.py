"""What is written on an invoice or a credit note, frozen when it is issued, and how it is typeset."""
