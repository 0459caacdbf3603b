"""Checkpoints, as flytekit keeps and restores them (runtime contract 9)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from tests.literals import primitive
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.process import Result, io_arguments, task_arguments
from wingbeat.exceptions import FlyteDownloadDataException, FlyteUploadDataException
from wingbeat.runtime.checkpoint import Checkpoint, SyncCheckpoint

IMPORTS = {
    "flytekit": "from flytekit import current_context, task\n\n",
    "wingbeat": "from wingbeat import current_context, task\n",
}
SOURCE = """
import io, json, os
from pathlib import Path


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*"))


@task
def steps(todo: str) -> str:
    os.makedirs("mine/sub", exist_ok=True)
    Path("mine/a.tar.gz").write_bytes(b"A")
    Path("mine/sub/b").write_bytes(b"B")
    os.makedirs("into", exist_ok=True)
    os.makedirs("second", exist_ok=True)
    names = {**globals(), "context": current_context()}
    done = []
    for step in json.loads(todo):
        try:
            done.append(repr(eval(step, names)))
        except Exception as error:
            done.append(f"{type(error).__name__}: {error}")
    return json.dumps(done)
"""
#: What a task does -> whether there was an attempt before, and what it has kept.
CASES: dict[str, tuple[list[str], dict[str, bytes] | None]] = {
    "first attempt": (
        [
            "context.checkpoint.prev_exists()",
            "context.checkpoint.restore()",
            "context.checkpoint.restore('into')",
            "context.checkpoint.read()",
            "context.checkpoint.write(b'one')",
            "context.checkpoint.read()",
            "context.checkpoint is context.checkpoint",
        ],
        None,
    ),
    "one file": (
        ["context.checkpoint.prev_exists()", "context.checkpoint.read()", "tree(context.checkpoint.restore())"],
        {"state": b"before"},
    ),
    "bytes": (["context.checkpoint.read()", "context.checkpoint.restore().name"], {"_dst_cp": b"\0\xff"}),
    "several files": (
        ["context.checkpoint.read()", "tree(context.checkpoint.restore())"],
        {"a": b"1", "sub/b": b"2"},
    ),
    "a folder of one": (["context.checkpoint.read()"], {"sub/b": b"2"}),
    "into a folder": (
        [
            "context.checkpoint.restore('into')",
            "tree('into')",
            "context.checkpoint.restore('second')",
            "context.checkpoint.restore()",
            "tree('second')",
            "context.checkpoint.read()",
        ],
        {"state": b"before"},
    ),
    "into a path": (["context.checkpoint.restore(Path('into'))", "tree('into')"], {"sub/state": b"before"}),
    "where files are": (
        ["Path('into/mine').write_text('kept')", "context.checkpoint.restore('into')", "tree('into')"],
        {"state": b"before"},
    ),
    "saving": (
        [
            "context.checkpoint.save('mine/a.tar.gz')",
            "context.checkpoint.save(Path('mine/sub/b'))",
            "context.checkpoint.save(open('mine/a.tar.gz', 'rb'))",
        ],
        None,
    ),
    "saving a folder": (["context.checkpoint.save('mine')"], None),
    "saving the path of a folder": (["context.checkpoint.save(Path('mine/sub'))"], None),
    "saving a stream": (["context.checkpoint.save(io.BytesIO(b'x' * 100_000))"], None),
    "saving the rest of a stream": (
        ["[stream := io.BytesIO(b'begin-rest'), stream.read(6), context.checkpoint.save(stream)][-1]"],
        None,
    ),
    "saving twice": (
        ["context.checkpoint.write(b'one')", "context.checkpoint.write(b'')", "context.checkpoint.write(b'three')"],
        None,
    ),
    "saving bytes": (["context.checkpoint.save(b'raw')"], None),
    "what was saved is not what is read": (
        ["context.checkpoint.write(b'now')", "context.checkpoint.read()"],
        {"_dst_cp": b"before"},
    ),
}


def inputs(steps: list[str]) -> bytes:
    return literal_map(todo=primitive(string_value=json.dumps(steps)))


def answers(result: Result) -> list[str]:
    assert result.outputs is not None, result.stderr
    text = result.outputs.literals["o0"].scalar.primitive.string_value
    found: list[str] = json.loads(re.sub(r"'[^']*/prev_cp", "'*/prev_cp", text))  # in a temporary folder
    return found


def case(steps: list[str], previous: dict[str, bytes] | None, *paths: str) -> Case:
    """A command with checkpoints: by default in the raw output prefix, as the engine has it."""
    arguments = paths or ("--checkpoint-path", "raw/_flytecheckpoints")
    if previous is not None:
        arguments += ("--prev-checkpoint", "before/_flytecheckpoints")
    files = {f"before/_flytecheckpoints/{name}": content for name, content in (previous or {}).items()}
    command = [*io_arguments(), *arguments, *task_arguments("user_code", "steps")]
    return Case("steps", inputs(steps), source=SOURCE, arguments=command, imports=IMPORTS, files=files)


def both(oracle: Oracle, folder: Path, made: Case) -> tuple[Result, Result]:
    """Either in a folder of its own, because tasks leave things there."""
    for name in ("theirs", "ours"):
        folder.joinpath(name).mkdir()
    return oracle.ask(folder / "theirs", made), oracle.both(folder / "ours", made)[1]


@pytest.mark.parametrize("name", CASES)
def test_kept_and_restored_as_flytekit_does(name: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = both(oracle, tmp_path, case(*CASES[name]))
    assert answers(ours) == answers(theirs)
    assert ours.payloads == theirs.payloads


@pytest.mark.parametrize("path", ["no/such/folder", "mine/sub/b"])
def test_restored_to_folders_only(path: str, oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = both(oracle, tmp_path, case([f"context.checkpoint.restore({path!r})"], {"state": b"before"}))
    (their_answer,), (our_answer,) = answers(theirs), answers(ours)
    assert our_answer == f"{their_answer} There is no directory {path!r}."


@pytest.mark.parametrize(
    "paths",
    [
        ["--prev-checkpoint", "before"],
        ["--checkpoint-path", "{{.checkpointOutputPrefix}}", "--prev-checkpoint", "{{.prevCheckpointPrefix}}"],
    ],
)
def test_without_a_place_there_are_no_checkpoints(paths: list[str], oracle: Oracle, tmp_path: Path) -> None:
    made = case(["context.checkpoint"], None, *paths)
    theirs, ours = both(oracle, tmp_path, made)
    (their_answer,), (our_answer,) = answers(theirs), answers(ours)
    assert our_answer.startswith(their_answer.rstrip("."))
    assert our_answer.endswith("this task was started without --checkpoint-path.")


@pytest.mark.parametrize("residue", ["", '""', "{{.prevCheckpointPrefix}}"])
def test_no_attempt_before(residue: str, oracle: Oracle, tmp_path: Path) -> None:
    paths = ("--checkpoint-path", "raw/cp", "--prev-checkpoint", residue)
    made = case(["context.checkpoint.prev_exists()", "context.checkpoint.read()"], None, *paths)
    theirs, ours = both(oracle, tmp_path, made)
    assert answers(ours) == answers(theirs) == ["False", "None"]


def test_an_empty_place_is_none_to_save_to(oracle: Oracle, tmp_path: Path) -> None:
    steps = ["context.checkpoint.prev_exists()", "context.checkpoint.read()"]
    theirs, ours = both(oracle, tmp_path, case(steps, {"state": b"before"}, "--checkpoint-path", ""))
    assert answers(ours) == answers(theirs) == ["True", "b'before'"]
    for save in (lambda cp: cp.write(b""), lambda cp: cp.save(str(tmp_path))):
        with pytest.raises(ValueError, match="--checkpoint-path is empty"):
            save(SyncCheckpoint(""))


def test_an_attempt_that_has_kept_nothing(oracle: Oracle, tmp_path: Path) -> None:
    steps = ["context.checkpoint.prev_exists()", "context.checkpoint.read()", "context.checkpoint.restore('into')"]
    theirs, ours = both(oracle, tmp_path, case(steps, {}))
    assert [answer.partition(":")[0] for answer in answers(theirs)] == [
        "True",
        "FlyteDataNotFoundException",
        "FlyteDataNotFoundException",
    ]
    assert answers(ours) == ["True", "None", "None"]


@pytest.fixture
def memory() -> Iterator[Any]:
    """The store in this process, empty."""
    file_system = fsspec.filesystem("memory")
    file_system.store.clear()
    yield file_system
    file_system.store.clear()


def test_a_store(memory: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.joinpath("sub").mkdir(parents=True)
    folder.joinpath("sub", "b").write_bytes(b"B")
    first = SyncCheckpoint("memory://b/1")
    first.save(folder)
    first.write(b"bytes")
    first.save(str(folder / "sub" / "b"))
    first.save(io.BytesIO(b"stream"))
    assert {path: memory.cat(path) for path in memory.find("/b")} == {
        "/b/1/_dst_cp": b"stream",
        "/b/1/b": b"B",
        "/b/1/sub/b": b"B",
    }
    second = SyncCheckpoint("memory://b/2", "memory://b/1")
    restored = second.restore()
    assert restored is not None
    assert restored.joinpath("sub", "b").read_bytes() == b"B"
    with pytest.raises(ValueError, match="Expected exactly one checkpoint - found 3"):
        second.read()
    assert SyncCheckpoint("memory://b/3", "memory://b/2").read() is None


def test_a_restore_that_breaks_off_leaves_nothing_and_can_be_repeated(
    memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        memory.pipe(f"/b/1/{name}", name.encode())
    kept = tmp_path / "kept"
    kept.write_bytes(b"")
    original, fetched = type(memory).get_file, []

    def get_file(self: Any, source: str, *args: Any, **kwargs: Any) -> None:
        fetched.append(source)
        if len(fetched) == 2:
            raise OSError("connection reset")
        original(self, source, *args, **kwargs)

    monkeypatch.setattr(type(memory), "get_file", get_file)
    checkpoint = SyncCheckpoint("memory://b/2", "memory://b/1")
    with pytest.raises(FlyteDownloadDataException, match="connection reset"):
        checkpoint.restore(tmp_path)
    assert list(tmp_path.iterdir()) == [kept]
    assert checkpoint.restore(tmp_path) == tmp_path
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "c", "kept"]


def test_a_save_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    class Broken(io.RawIOBase):
        def readinto(self, buffer: Any) -> int:
            raise OSError("broken pipe")

        def readable(self) -> bool:
            return True

    checkpoint = SyncCheckpoint(str(tmp_path / "cp"))
    checkpoint.write(b"good")
    with pytest.raises(OSError, match="broken pipe"):
        checkpoint.save(Broken())
    with pytest.raises(FlyteUploadDataException, match="no-such-file"):
        checkpoint.save(tmp_path / "no-such-file")
    assert [path.name for path in tmp_path.joinpath("cp").iterdir()] == ["_dst_cp"]
    assert tmp_path.joinpath("cp", "_dst_cp").read_bytes() == b"good"


def test_checkpoints_of_another_kind() -> None:
    calls: list[Any] = [
        Checkpoint().prev_exists,
        lambda: Checkpoint().restore("x"),
        lambda: Checkpoint().save("x"),
        Checkpoint().read,
        lambda: Checkpoint().write(b""),
    ]
    for call in calls:
        with pytest.raises(NotImplementedError, match="derived classes"):
            call()
