"""Every field of `current_context()`, and what plugins make of it, beside flytekit (runtime contract 7.1 and 7.3)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import Result, environment, io_arguments, start, task_arguments

IMPORTS = {
    "flytekit": """
from flytekit import current_context, task
from flytekit.core.context_manager import ExecutionParameters, ExecutionState, FlyteContext, FlyteContextManager
""",
    "wingbeat": """
from wingbeat import ExecutionParameters, FlyteContext, FlyteContextManager, current_context, task
from wingbeat.runtime.flyte_context import ExecutionState
""",
}
SOURCE = """
import asyncio, contextvars, copy, json, os, threading, time


def kind(value):
    return type(value).__name__


def parts(identifier):
    return [getattr(identifier, name, None) for name in ("resource_type", "project", "domain", "name", "version")]


def attempt(call):
    try:
        return call()
    except (AssertionError, NotImplementedError) as error:
        return f"{kind(error)}: {error}".partition(", please")[0]


@task
def fields() -> str:
    context = current_context()
    folder = context.working_directory
    return json.dumps({
        "execution_id": parts(context.execution_id),
        "task_id": parts(context.task_id),
        "date": [kind(context.execution_date), str(context.execution_date.tzinfo), context.execution_date.year > 2000],
        "same date": context.execution_date == current_context().execution_date,
        "folder": [kind(folder), os.path.isabs(folder), os.listdir(folder), folder == context.working_directory],
        "raw_output_prefix": context.raw_output_prefix,
        "output_metadata_prefix": context.output_metadata_prefix,
        "logging": [context.logging.name, context.logging.level, context.logging is current_context().logging],
        "stats": [kind(context.stats), context.stats is current_context().stats, context.stats.full_prefix],
        "checkpoint": [kind(context.checkpoint), context.checkpoint is current_context().checkpoint],
        "secrets": [kind(context.secrets), context.secrets is current_context().secrets],
        "decks": [kind(context.decks), len(context.decks), context.decks is current_context().decks],
        "enable_deck": context.enable_deck,
        "default_deck": context.default_deck.name,
        "timeline_deck": [context.timeline_deck.name, context.timeline_deck is context.timeline_deck],
        "has": [context.has_attr("spark_session"), attempt(lambda: context.spark_session),
                attempt(lambda: context.get("Spark_Session")), attempt(lambda: context.nothing)],
        "same": context is current_context(),
    })


@task
def built() -> str:
    context = current_context()
    builder = context.builder()
    other = builder.add_attr("SESSION", "the session").build()
    sandbox = context.with_task_sandbox().build()
    sandbox.checkpoint.write(b"here")
    new = ExecutionParameters.new_builder()
    new.execution_id, new.raw_output_prefix = context.execution_id, "elsewhere"
    fresh = new.build()
    folder = os.path.join(context.working_directory, "made/for/it")
    builder.working_dir = folder
    moved = builder.build()
    direct = ExecutionParameters(
        execution_date=None, tmp_dir=folder, stats=None, execution_id=context.execution_id, logging=None,
        raw_output_prefix="raw", checkpoint=None, decks=[1], task_id=context.task_id, SESSION="direct",
    )
    return json.dumps({
        "attributes": [other.session, other.get("session"), other.has_attr("Session"), context.has_attr("session")],
        "shared": [other.decks is context.decks, other.stats is context.stats, other.logging is context.logging,
                   other.checkpoint is context.checkpoint, other.working_directory == context.working_directory,
                   other.execution_date == context.execution_date, other.task_id == context.task_id],
        "ids": [parts(other.execution_id), other.raw_output_prefix, other.output_metadata_prefix, other.enable_deck],
        "sandbox": [os.listdir(sandbox.working_directory),
                    os.listdir(os.path.join(sandbox.working_directory, "__cp")), sandbox.checkpoint.read(),
                    sandbox.checkpoint is context.checkpoint, sandbox.working_directory == context.working_directory],
        "enable_deck": [context.with_enable_deck(True).build().enable_deck, context.enable_deck],
        "fresh": [parts(fresh.execution_id), fresh.raw_output_prefix, attempt(lambda: fresh.checkpoint),
                  fresh.has_attr("session")],
        "moved": [moved.working_directory == folder, os.path.isdir(folder)],
        "direct": [direct.session, direct.decks, direct.raw_output_prefix, direct.working_directory == folder],
        "builder": kind(builder),
        "classes": [isinstance(other, ExecutionParameters), isinstance(builder, ExecutionParameters.Builder)],
    })


@task
def managed() -> str:
    first = FlyteContextManager.current_context()
    mine = current_context().builder().add_attr("MINE", "mine").build()
    state = first.execution_state.with_params(user_space_params=mine)
    seen = {}

    def look(name):
        seen[name] = [current_context().has_attr("other"), FlyteContextManager.size() - size]

    size = FlyteContextManager.size()
    other = current_context().builder()
    other.attrs = {"OTHER": 1}
    state = first.execution_state.with_params(user_space_params=other.build())
    look("before")
    with FlyteContextManager.with_context(first.with_execution_state(state)) as ctx:
        look("within")
        seen["current"] = [
            ctx is FlyteContextManager.current_context(), ctx is FlyteContext.current_context(),
            ctx.user_space_params is current_context(), ctx.level - first.level,
            ctx.file_access is first.file_access, ctx.execution_state is state, ctx.execution_state.mode.name,
            ctx.output_metadata_tracker is first.output_metadata_tracker, ctx.serialization_settings.version,
        ]

        async def coroutine():
            look("coroutine")
            await asyncio.gather(asyncio.to_thread(look, "asyncio thread"), asyncio.create_task(inner()))

        async def inner():
            look("task")

        asyncio.run(coroutine())
        copied = contextvars.copy_context()
        thread = threading.Thread(target=copied.run, args=(look, "copied"))
        thread.start()
        thread.join()
        FlyteContextManager.push_context(ctx.new_builder().build())
        look("pushed")
        FlyteContextManager.push_context(ctx.new_builder().build())
        seen["popped"] = kind(FlyteContextManager.pop_context())
        look("after pop")
    look("after")
    try:
        with FlyteContextManager.with_context(first.new_builder()):
            raise KeyError
    except KeyError:
        look("after an error")
    sandbox = first.new_execution_state()
    fresh = first.new_builder().new_execution_state()
    seen["state"] = [
        kind(sandbox), str(sandbox.working_dir) == str(first.execution_state.working_dir), sandbox.mode,
        sandbox.user_space_params is current_context(), os.path.isdir(sandbox.engine_dir),
        os.path.isdir(fresh.working_dir), fresh.user_space_params, sandbox.is_local_execution(),
        sandbox.with_params(mode=ExecutionState.Mode.LOCAL_TASK_EXECUTION).is_local_execution(),
    ]
    settings = type(first.serialization_settings)
    builder = first.with_serialization_settings(None).with_worker_queue(1).with_client(2)
    made = builder.with_output_metadata_tracker(3).with_file_access(4).build()
    seen["built"] = [made.worker_queue, made.flyte_client, made.output_metadata_tracker, made.file_access,
                     isinstance(builder, FlyteContext.Builder), made.compilation_state]
    return json.dumps(seen)


@task
def threads() -> str:
    seen = {}

    def look(name):
        seen[name] = current_context().execution_id.name

    look("task")
    for name, run in (("thread", lambda call, *args: call(*args)), ("copied", contextvars.copy_context().run)):
        thread = threading.Thread(target=run, args=(look, name))
        thread.start()
        thread.join()
    return json.dumps(seen)


@task
def leaks() -> str:
    size = FlyteContextManager.size()

    def push():
        FlyteContextManager.push_context(FlyteContextManager.current_context().new_builder().build())

    thread = threading.Thread(target=contextvars.copy_context().run, args=(push,))
    thread.start()
    thread.join()
    return json.dumps({"more": FlyteContextManager.size() - size})


@task
def interrupted() -> None:
    FlyteContextManager.add_signal_handler(lambda number, frame: print("first", number, flush=True))
    FlyteContextManager.add_signal_handler(lambda number, frame: print("second", frame is not None, flush=True))
    os.kill(os.getpid(), 2)
    time.sleep(10)


@task
def too_many() -> str:
    try:
        for _ in range(FlyteContextManager.size()):
            FlyteContextManager.pop_context()
    except AssertionError as error:
        return str(error)[:22]
"""
ENGINE = {
    "FLYTE_INTERNAL_EXECUTION_ID": "name",
    "FLYTE_INTERNAL_EXECUTION_PROJECT": "project",
    "FLYTE_INTERNAL_EXECUTION_DOMAIN": "domain",
    "FLYTE_INTERNAL_TASK_PROJECT": "task project",
    "FLYTE_INTERNAL_TASK_DOMAIN": "task domain",
    "FLYTE_INTERNAL_TASK_NAME": "task name",
    "FLYTE_INTERNAL_TASK_VERSION": "v1",
    "FLYTE_ATTEMPT_NUMBER": "2",
}
SHORT = {
    "_F_NM": "n",
    "_F_PRJ": "p",
    "_F_DM": "d",
    "_F_TK_PRJ": "tp",
    "_F_TK_DM": "td",
    "_F_TK_NM": "tn",
    "_F_TK_V": "v",
}


def case(task: str, env: dict[str, str]) -> Case:
    command = [*io_arguments(), "--checkpoint-path", "raw/cp", *task_arguments("user_code", task)]
    return Case(task, literal_map(), env, source=SOURCE, imports=IMPORTS, arguments=command)


def answer(result: Result) -> dict[str, object]:
    assert result.outputs is not None, result.stderr
    found: dict[str, object] = json.loads(result.outputs.literals["o0"].scalar.primitive.string_value)
    return found


@pytest.mark.parametrize("env", [{}, ENGINE, SHORT], ids=["nothing said", "engine", "short names"])
@pytest.mark.parametrize("task", ["fields", "built", "managed"])
def test_as_flytekit_has_it(task: str, env: dict[str, str], oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case(task, env))
    assert answer(ours) == answer(theirs)


def test_threads_belong_to_the_task(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("threads", ENGINE))
    assert answer(theirs) == {"task": "name", "thread": "local", "copied": "name"}
    assert answer(ours) == {"task": "name", "thread": "name", "copied": "name"}


def test_what_one_thread_pushes_another_does_not_see(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("leaks", ENGINE))
    assert (answer(theirs), answer(ours)) == ({"more": 1}, {"more": 0})


def test_signal_handlers_run_before_the_end(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("interrupted", ENGINE))
    assert (ours.status, ours.stdout, ours.files) == (theirs.status, theirs.stdout, theirs.files)
    assert (ours.status, ours.stdout, ours.files) == (1, "\nfirst 2\nsecond True\n", set())


def test_the_context_of_the_process_is_not_popped(oracle: Oracle, tmp_path: Path) -> None:
    theirs, ours = oracle.both(tmp_path, case("too_many", ENGINE))
    for result in (theirs, ours):
        assert result.outputs is not None, result.stderr
        assert result.outputs.literals["o0"].scalar.primitive.string_value == "Illegal Context state!"


LOCAL = """
from wingbeat import current_context
context = current_context()
assert context.map_index is None
assert context.attempt == 0
context.stats.incr("local")
assert context.stats.current_value("local") == 1
assert type(context.builder().build()) is type(context)
print(context.builder().add_attr("A", 1).build().a)
"""


def test_outside_of_a_task(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOCAL], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


MAPPED = """
from wingbeat import current_context
from wingbeat.runtime import context
context.enter("raw", "out", map_index=7)
assert current_context().map_index == 7
assert current_context().builder().build().map_index == 7
assert "map_index=7" in repr(current_context())
"""


def test_the_element_of_a_map_task(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", MAPPED], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stderr == ""


NOTHING = """
from wingbeat import current_context, task
import sys


@task
def names() -> str:
    context = current_context()
    context.execution_id, context.task_id, context.attempt, context.map_index, context.enable_deck, context.decks
    made = ("checkpoint", "secrets", "stats", "statsd", "log", "deck", "workspace", "flyte_context", "packages")
    return " ".join(name for name in made if f"wingbeat.runtime.{name}" in sys.modules)
"""


def test_nothing_is_made_before_it_is_asked_for(tmp_path: Path) -> None:
    made = Case("names", literal_map(), source=NOTHING, imports={"wingbeat": ""})
    result = start(tmp_path, prepare(tmp_path, made, "wingbeat"), ENGINE)
    assert result.outputs is not None, result.stderr
    assert result.outputs.literals["o0"].scalar.primitive.string_value == ""
