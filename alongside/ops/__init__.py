"""Running the service: the database's processes, starting, backing up. No casework rule lives here."""
