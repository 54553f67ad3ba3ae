"""Pure rules: facts in, answers out. No Django, no database, no clock: today is an argument."""
