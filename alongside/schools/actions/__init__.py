"""Changes to schools: the register, the people, the days. One module a noun."""
