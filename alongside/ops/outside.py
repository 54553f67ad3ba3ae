"""Runs a command against a throw-away server that it knows only by DATABASE_URL, as it would in production.

python -m alongside.ops.outside FOLDER -- COMMAND …
"""

import os
import subprocess
import sys
from pathlib import Path

from alongside.ops.postgres import Server


def main(folder: Path, command: list[str]) -> int:
    server = Server(folder, is_disposable=True)
    server.start()
    try:
        environment = {**os.environ, "DATABASE_URL": server.admin_url}
        environment.pop("ALONGSIDE_PG_BIN", None)
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[sys.argv.index("--") + 1 :]))
