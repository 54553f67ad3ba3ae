"""Files in and out: one module a format. Parsers are pure; only actions change a record."""
