"""`worker`: the process that does jobs: reminders, imports, sealing the audit trail."""

import argparse

SUMMARY = "Run the worker alone (production runs it as a service of its own)."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is waiting, then stop")


def run(args: argparse.Namespace) -> int:
    from alongside.ops import boot

    with boot.ready():
        from procrastinate.contrib.django import app

        worker = app.replace_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
        with worker as ours:
            ours.run_worker(
                wait=not args.once,
                concurrency=1,
                delete_jobs="successful",
                shutdown_graceful_timeout=8,
            )
    return 0
