"""Every legal clock: the limit as data, the last day in time, and the working day by day. Pure."""
