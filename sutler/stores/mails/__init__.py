"""Mails: written with what causes them, handed over to a mail server afterwards."""
