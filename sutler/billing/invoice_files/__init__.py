"""The files of invoices and credit notes: each is made once from what is written on the document, and kept."""
