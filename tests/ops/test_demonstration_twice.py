"""The demonstration is the same each time it is made: loaded whole into two databases and compared.

Numbers of rows differ, because two processes make them side by side; what the rows say does not.
"""

FILL = "import django; django.setup(); from alongside.ops.seed import demonstration; demonstration.fill()"
# Written by the clock on the wall, by chance on purpose, or from the number of a row.
DIFFERS = {
    "created_at": "when the row was written",
    "changed_at": "",
}
