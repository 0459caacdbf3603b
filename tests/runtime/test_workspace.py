"""Where temporary folders go: where `tempfile` would put them, without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.process import environment

FOUND = """
import sys
from wingbeat.runtime.workspace import default_folder
found = default_folder()
light = "tempfile" not in sys.modules
import tempfile
print(found == tempfile.gettempdir(), light, found)
"""


@pytest.mark.parametrize(
    ("variables", "light"),
    [
        ({}, True),
        ({"TMPDIR": "{folder}"}, True),
        ({"TMPDIR": "{folder}/sub/.."}, True),
        ({"TEMP": "{folder}"}, True),
        ({"TMPDIR": "", "TMP": "{folder}", "HOME": ""}, True),
        ({"TMPDIR": "{folder}/sub", "TEMP": "{folder}"}, True),
        ({"TMPDIR": "{folder}/missing", "TEMP": "{folder}"}, False),
        ({"TMPDIR": "{folder}/file"}, False),
        ({"TMPDIR": "sub"}, False),
    ],
)
def test_it_is_what_tempfile_finds(variables: dict[str, str], light: bool, tmp_path: Path) -> None:
    tmp_path.joinpath("sub").mkdir()
    tmp_path.joinpath("file").touch()
    own = {name: value for name, value in environment().items() if name not in ("TMPDIR", "TEMP", "TMP")}
    own |= {name: value.format(folder=tmp_path) for name, value in variables.items()}
    done = subprocess.run(
        [sys.executable, "-c", FOUND], cwd=tmp_path, env=own, capture_output=True, text=True, check=True
    )
    same, without, found = done.stdout.split()
    assert (same, without) == ("True", str(light)), found


def test_a_folder_is_new_and_nobody_elses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wingbeat.runtime import workspace

    monkeypatch.setattr(workspace, "home", str(tmp_path / "home"))
    first, second = workspace.make_folder(), workspace.make_folder()
    assert first != second
    assert os.stat(first).st_mode & 0o777 == 0o700
    Path(first, "file").touch()
    for folder in (first, second):
        workspace.remove(folder)
        del workspace._folders[folder]
        assert not os.path.exists(folder)
    workspace.remove(first)
