from __future__ import annotations

import subprocess
import sys

import pytest

from compliance.runs.template import CAN_SPLIT


@pytest.mark.skipif(not CAN_SPLIT, reason="only Linux bears copies of a process")
@pytest.mark.parametrize(
    ("loaded", "kind"),
    [
        pytest.param("json", "ForkProcess", id="a copy of a process with one thread"),
        # A copy of numpy's threads waits forever for what it hands to them.
        pytest.param("numpy", "SpawnProcess", id="from nothing where a library has threads"),
    ],
)
def test_process_is_copied_where_that_is_safe_and_ends_by_itself(loaded, kind, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        f"import {loaded}\n"
        "from compliance.runs.template import Template\n"
        "if __name__ == '__main__':\n"
        "    template = Template.start(list, threads=1)\n"
        "    template.close()\n"
        "    print(type(template.process).__name__, template.process.exitcode)\n"
    )
    said = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    assert said.stdout.split() == [kind, "0"]  # killed, it would end with -9
