"""`start`: everything at once, for looking and trying."""

import argparse

DESCRIPTION = """\
It runs until Ctrl-C, and then ends with 0. A second start with the same data folder starts nothing: it
says where the first one is, opens the browser on it, and ends with 3.
"""
SUMMARY = "Start the demonstration and open it in a browser. This is what happens with no verb."


def port_number(typed: str) -> int:
    """A port as argparse reads it: its refusal is what a person is told."""
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed[:6]) < 65536):
        raise argparse.ArgumentTypeError(f"“{typed}” is no port: give a number from 1 to 65535")
    return int(typed)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.description = f"{SUMMARY}\n\n{DESCRIPTION}"
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to serve on (this machine only)"
    )
    parser.add_argument("--port", type=port_number, default=8000, help="first port to try (8000)")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def run(args: argparse.Namespace) -> int:
    from alongside.ops.start import Options, start

    return start(Options(args.host, args.port, opens_browser=not args.no_browser))
