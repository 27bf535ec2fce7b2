"""Compare how fast two checkouts read files: `python benchmarks/ingest.py OTHER/src FILE… [--rounds N]`.

Each round reads every file once in this checkout and once in the other, in turn, each in a process of its own that
has its libraries loaded; the time is the processor's, so that what else the machine does weighs less. Prints the best
time of each file, and the ratio of the sums: above 1, this checkout is the faster.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[1] / "src"
READ = """
import json, sys, time
from pathlib import Path
from compliance.config import IngestConfig
from compliance.ingest.read import read_document
for line in sys.stdin:
    path = Path(json.loads(line))
    started = time.process_time()
    try:
        read_document(path, config=IngestConfig(ocr="off"))
    except Exception as error:  # a file that one of the two cannot read is not compared
        print(json.dumps(None), flush=True)
        continue
    print(json.dumps(time.process_time() - started), flush=True)
"""


def start_reader(source: Path) -> subprocess.Popen[str]:
    """Start a process that reads the files named on its input with the code in `source`."""
    environment = {**os.environ, "PYTHONPATH": str(source), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", READ], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )


def time_reading(reader: subprocess.Popen[str], file: Path) -> float | None:
    """Return the seconds that the process takes to read the file; None where it cannot."""
    assert reader.stdin
    assert reader.stdout
    reader.stdin.write(json.dumps(str(file)) + "\n")
    reader.stdin.flush()
    return json.loads(reader.stdout.readline())


def compare(files: list[Path], other: Path, *, rounds: int) -> dict[Path, tuple[float, float]]:
    """Return the best time of each file that both read, here and there."""
    readers = start_reader(HERE), start_reader(other)
    best: dict[Path, tuple[float, float]] = {}
    for number in range(rounds + 1):  # the first round loads the libraries
        for file in files:
            times = [time_reading(reader, file) for reader in readers]
            if number and None not in times:
                before = best.get(file, (float("inf"), float("inf")))
                best[file] = min(before[0], times[0]), min(before[1], times[1])  # type: ignore[type-var]
    for reader in readers:
        reader.terminate()
    return best


def main() -> None:
    """Print the comparison."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("other", type=Path)
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    best = compare(chosen.files, chosen.other, rounds=chosen.rounds)
    for file, (here, there) in best.items():
        print(f"{1000 * here:9.1f} ms here {1000 * there:9.1f} ms there {there / here:6.2f}  {file.name}")
    here, there = (sum(times) for times in zip(*best.values(), strict=True))
    print(f"{1000 * here:9.1f} ms here {1000 * there:9.1f} ms there {there / here:6.2f}  all")


if __name__ == "__main__":
    main()
