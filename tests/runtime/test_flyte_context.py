"""What transformers are given as `ctx`, in a task and outside of one."""

from __future__ import annotations

import base64
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.literals import integer
from tests.runtime.peer import literal_map
from tests.runtime.process import environment, run
from wingbeat.exceptions import NotCovered
from wingbeat.runtime import context, flyte_context, serialization
from wingbeat.runtime.context import ExecutionParameters
from wingbeat.runtime.environment import upload_metadata
from wingbeat.runtime.identifiers import Identifier, WorkflowExecutionIdentifier

TRANSFORMER = """
import os
from wingbeat import Codec, TypeEngine, TypeTransformer, current_context
from wingbeat.idl import Literal, LiteralType, Primitive, Scalar, SimpleType


class Kept:
    pass


class KeptTransformer(TypeTransformer[Kept]):
    def __init__(self):
        super().__init__("Kept", Kept)

    def get_literal_type(self, t):
        return LiteralType(simple=SimpleType.STRING)

    def to_literal(self, ctx, python_val, python_type, expected):
        assert ctx.user_space_params is current_context()
        uri = ctx.file_access.put_raw_data(b"kept")
        assert uri.startswith(current_context().raw_output_prefix)
        return Literal(scalar=Scalar(primitive=Primitive(string_value=f"{uri} {ctx.file_access.local_sandbox_dir}")))

    def to_python_value(self, ctx, lv, expected_python_type):
        return getattr(current_context(), "seen", None)


TypeEngine.register(KeptTransformer())
"""


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has just started."""
    monkeypatch.setattr(context, "_entered", None)
    monkeypatch.setattr(context, "_current", None)


def test_outside_of_a_task_files_are_kept_and_the_sandbox_is_not(tmp_path: Path) -> None:
    source = TRANSFORMER + "print(Codec(Kept).encode(Kept()).decode(errors='replace').split('/', 1)[1])"
    done = subprocess.run(
        [sys.executable, "-c", source],
        env=environment({"FLYTE_SDK_LOCAL_SANDBOX": str(tmp_path)}),
        capture_output=True,
        text=True,
        check=True,
    )
    uri, sandbox = (f"/{path.strip().lstrip('/')}" for path in done.stdout.split())
    assert uri.startswith(str(tmp_path))
    assert sandbox.startswith(str(tmp_path))
    assert Path(uri).read_bytes() == b"kept"
    assert not Path(sandbox).exists()


def test_the_local_context() -> None:
    ctx = flyte_context.current()
    assert ctx.execution_state.is_local_execution()
    assert ctx.execution_state.mode is flyte_context.ExecutionState.Mode.LOCAL_TASK_EXECUTION
    assert ctx.user_space_params is ctx.execution_state.user_space_params is context.current_context()
    assert ctx.file_access is flyte_context.FlyteContextManager.current_context().file_access
    assert ctx.file_access is flyte_context.FlyteContext.current_context().file_access
    assert ctx.file_access.raw_output_prefix == f"{context.current_context().raw_output_prefix}/"
    assert (ctx.compilation_state, ctx.output_metadata_tracker, ctx.worker_queue) == (None, None, None)


def test_every_execution_has_its_own_files() -> None:
    local = flyte_context.current().file_access
    context.enter("s3://bucket/raw", "s3://bucket/out")
    ctx = flyte_context.current()
    assert ctx.file_access is not local
    assert ctx.file_access.raw_output_prefix == "s3://bucket/raw/"
    assert ctx.execution_state.mode.name == "TASK_EXECUTION"
    assert not ctx.execution_state.is_local_execution()


PREPARED = (
    TRANSFORMER
    + """
from wingbeat.authoring.function_task import PythonFunctionTask


class Prepared(PythonFunctionTask):
    def pre_execute(self, user_params):
        user_params._attrs["SEEN"] = "prepared"
        if self.name.endswith("another"):
            from copy import copy
            another = copy(user_params)
            another._attrs = {"SEEN": "another"}
            return another
        return None if self.name.endswith("none") else user_params


def make(function):
    return Prepared(None, function)


def of(a: Kept) -> str:
    return f"{a} {current_context().seen}"


@make
def same(a: Kept) -> str:
    return of(a)


@make
def another(a: Kept) -> str:
    return of(a)


@make
def none(a: Kept) -> str:
    return of(a)
"""
)


@pytest.mark.parametrize(("task", "seen"), [("same", "prepared"), ("another", "another"), ("none", "prepared")])
def test_what_pre_execute_returns_is_what_transformers_and_the_task_see(task: str, seen: str, tmp_path: Path) -> None:
    result = run(tmp_path, PREPARED, task, literal_map(a=integer(1)))
    assert result.outputs is not None, result.stderr
    assert result.outputs.literals["o0"].scalar.primitive.string_value == f"{seen} {seen}"


def packed(settings: Any) -> str:
    return base64.b64encode(gzip.compress(json.dumps(settings).encode(), mtime=0)).decode()


def parameters() -> ExecutionParameters:
    return ExecutionParameters(
        execution_id=WorkflowExecutionIdentifier("p", "d", "e"), task_id=Identifier("tp", "td", "t", "v")
    )


def test_settings_without_a_word_from_the_registration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_F_SS_C", "")
    settings = serialization.from_environment(parameters())
    assert (settings.project, settings.domain, settings.version, settings.env) == ("p", "d", "v", None)
    assert (settings.image_config.default_image, settings.image_config.images) == (None, [])
    assert "project='p'" in repr(settings)


def test_settings_of_the_registration(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {
        "project": "mine",
        "version": "old",
        "env": {"A": "1"},
        "image_config": {"default_image": {"name": "i", "fqn": "r/i"}, "images": [{"name": "j"}]},
        "fast_serialization_settings": {"enabled": True, "destination_dir": ".", "distribution_location": "s3://b/f"},
        "git_repo": None,
    }
    monkeypatch.setenv("_F_SS_C", packed(given))
    settings = serialization.from_environment(parameters())
    assert (settings.project, settings.domain, settings.version, settings.env) == ("mine", "d", "v", {"A": "1"})
    assert settings.image_config.default_image.fqn == "r/i"
    assert [image.name for image in settings.image_config.images] == ["j"]
    assert settings.fast_serialization_settings is not None
    assert settings.fast_serialization_settings.distribution_location == "s3://b/f"


@pytest.mark.parametrize(
    "text", ["%", "abcd", base64.b64encode(gzip.compress(b"{", mtime=0)).decode(), packed([1]), packed(1)[:-8]]
)
def test_settings_that_cannot_be_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_F_SS_C", text)
    context.enter("raw", "out")
    with pytest.raises(ValueError, match="_F_SS_C cannot be read"):
        _ = flyte_context.current().serialization_settings


def test_what_uploads_say_of_the_execution(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_INTERNAL_EXECUTION_ID", "e")
    monkeypatch.setenv("_F_WF", "p:d:w")
    assert upload_metadata() == {
        "flyte-execution-project": "",
        "flyte-execution-domain": "",
        "flyte-execution-name": "e",
        "flyte-execution-workflow": "p:d:w",
        "flyte-execution-launchplan": "",
    }
    monkeypatch.setenv("FLYTE_PERSISTENCE_ATTACH_EXECUTION_METADATA", "off")
    assert upload_metadata() == {}


def test_a_context_that_builds_a_graph_is_left_to_flytekit() -> None:
    built = flyte_context.current().with_new_compilation_state()
    with pytest.raises(NotCovered, match="builds no graphs"), flyte_context.FlyteContextManager.with_context(built):
        pass
    assert flyte_context.FlyteContextManager.size() == 1


def test_the_call_that_made_a_context() -> None:
    ctx = flyte_context.current()
    assert ctx.get_origin_stackframe_repr() == ""
    ctx.set_stackframe(flyte_context.FlyteContextManager.get_origin_stackframe())
    assert ctx.get_origin_stackframe_repr().startswith("StackOrigin(")
