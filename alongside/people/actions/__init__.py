"""Changes to people: one module a noun."""
