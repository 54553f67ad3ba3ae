"""The verbs of `python -m alongside`, in the order the help shows them.

A verb is one module here with SUMMARY (a line), configure(parser) and run(args) -> exit code.
NEEDS_DATABASE = True gives it a running, migrated database with Django set up before run is called.
A verb that is a Python word, such as import, has a module with a trailing underscore.
"""

VERBS = (
    "start",
    "test",
    "check",
    "docs",
    "seed",
    "import",
    "backup",
    "restore",
    "audit",
    "staff",
    "due",
    "duties",
    "bench",
    "migrate",
    "serve",
    "worker",
)
