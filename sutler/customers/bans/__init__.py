"""A ban keeps somebody from buying: by Steam id, address, customer, name or e-mail address."""
