from __future__ import annotations

import subprocess
import sys


def test_command_ends_without_a_last_look_at_all_that_it_holds():
    program = (
        "import atexit, gc, sys\n"
        "from compliance.cli.app import main\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))\n"
        "sys.argv = ['compliance', '--version']\n"
        "main()\n"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.split()[-1] == "True"
