"""Whether this process can be copied."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.literals import collection, integer
from tests.many.command import prepare, run_many
from tests.runtime.peer import literal_map

START = """
import os, sys, threading, time
from wingbeat.runtime.many import safety

"""
CASES = {
    "alone": ("", ("", "")),
    "a thread that is about to end": ("threading.Thread(target=time.sleep, args=(0.01,)).start()", ("", "")),
    "a thread": (
        "threading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
        ("", "1 other threads are running"),
    ),
    "numpy": ("import numpy; numpy.ones((300, 300)) @ numpy.ones((300, 300))", ("", "")),
    "a native thread with a name": (
        "import polars; polars.DataFrame({'a': list(range(100_000))}).lazy().group_by('a').sum().collect()",
        ("", "native threads are running"),
    ),
    "macOS": ("sys.platform = 'darwin'", ("the libraries of macOS do not allow it", "")),
    "a GPU": (
        "os.readlink = lambda path: '/dev/nvidiactl' if path.endswith('/0') else ''",
        ("a GPU is in use", ""),
    ),
}


def test_what_speaks_against_it() -> None:
    for name, (setup, expected) in CASES.items():
        program = f"{START}{setup}\nprint(safety.impossible())\nprint(safety.risky())"
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        found = done.stdout.split("\n")
        assert found[0] == expected[0], name
        assert found[1].startswith(expected[1]), name
        assert bool(found[1]) == bool(expected[1]), name


def test_a_task_that_no_other_process_can_load_is_copied_in_spite_of_threads(tmp_path: Path) -> None:
    program = """
import sys, threading, time
from wingbeat import map_elements, task

threading.Thread(target=time.sleep, args=(9,), daemon=True).start()


@task
def add(a: int) -> int:
    return a + 1


if sys.argv[1:]:
    sys.platform = "darwin"
print(sorted(result.get() for result in map_elements(add, {"a": [1, 2]})))
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == "[2, 3]\n", done.stderr
    assert "Workers are forked although 1 other threads are running" in done.stderr
    done = subprocess.run([*command, "macOS"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "SpawnError: workers cannot be forked, because the libraries of macOS do not allow it" in done.stderr


def test_workers_that_cannot_load_the_task_are_not_tried_forever(tmp_path: Path) -> None:
    source = """
import os
from wingbeat import task

if os.path.exists("imported"):
    raise ValueError("only once")
open("imported", "w").close()


@task
def double(a: int) -> int:
    return 2 * a
"""
    prepare(tmp_path, source, literal_map(a=collection(integer(1))))
    preload = tmp_path / "sitecustomize.py"
    preload.write_text("import threading, time; threading.Thread(target=time.sleep, args=(9,), daemon=True).start()")
    done = run_many(tmp_path, "double", ":", env={"PYTHONPATH": f"{tmp_path}:{os.environ.get('PYTHONPATH', '')}"})
    assert done.status == 1
    assert done.stderr.count("ValueError: only once") == 3
    assert "3 workers in a row have ended before they ran an element (exit status 70)" in done.stderr
