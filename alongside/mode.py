"""Which mode this runs in, where its data lies and where people reach it. Must import nothing of ours."""

import os
from pathlib import Path

MODE = os.environ.get("ALONGSIDE_MODE", "demonstration")
IS_PRODUCTION = MODE == "production"
IS_DEMONSTRATION = MODE in ("demonstration", "test")
# `bench` asks the demonstration to say what each page costs.
IS_MEASURED = IS_DEMONSTRATION and os.environ.get("ALONGSIDE_BENCH") == "1"
HERE = Path(__file__).resolve().parent
VAR = Path(os.environ.get("ALONGSIDE_VAR", HERE.parent / "var")).resolve()
PUBLIC_URL = os.environ.get("ALONGSIDE_URL", "http://127.0.0.1:8000")
