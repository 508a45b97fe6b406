"""What is derived from the program says what the program says now."""

import subprocess
import sys

from tests.architecture.source import ROOT


def test_schemas_reference_and_readme_are_fresh() -> None:
    command = [sys.executable, "docs/generate.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
