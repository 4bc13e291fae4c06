"""Where things are, from the root of the repository."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "Tests" / "Build"
SHARED = ROOT.parent / "shared"
# `make coverage` runs the same tests through the instrumented debug build.
PROGRAMS = Path(os.environ.get("CASEBOOK_BIN", ROOT / ".build-release" / "release"))
SWIFT_RESULTS = ROOT / ".build" / "swift-tests.xml"
SWIFT_EXIT = ROOT / ".build" / "swift-tests.exit"
