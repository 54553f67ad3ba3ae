"""The worker finds jobs by application: these are of file exchange, which is none of its own."""

from alongside.exchange.jobs import apply_list, read_list

__all__ = ["apply_list", "read_list"]
