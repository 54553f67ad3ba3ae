"""`serve`: the web server alone."""

import argparse
import os
import subprocess

from alongside.command.start import port_number

SUMMARY = "Serve the pages alone (production runs this as a service behind nginx)."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to serve on (this machine only)"
    )
    parser.add_argument("--port", type=port_number, default=8000, help="port to serve on (8000)")
    parser.add_argument(
        "--only-assets", action="store_true", help="gather styles and scripts, then stop"
    )


def run(args: argparse.Namespace) -> int:
    from alongside.ops import assets, boot, places, processes

    with boot.ready():
        if not assets.is_current():
            assets.gather()
        if args.only_assets:
            return 0
        boot.close_connections()
        command = processes.web_command(args.host, args.port)
        if places.mode() == "production":  # systemd watches it; nothing of ours needs to stay.
            os.chdir(places.PROJECT)
            os.execv(command[0], command)
        return subprocess.run(command, cwd=places.PROJECT, check=False).returncode
