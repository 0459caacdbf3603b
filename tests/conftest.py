"""Every test of a conversion runs twice: through the Rust core and through the reference codec."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

import wingbeat
import wingbeat.reference
from tests.peers import client as peer
from tests.stores import s3 as s3_store
from wingbeat import _core

if TYPE_CHECKING:
    from collections.abc import Iterator

    from google.protobuf.message import Message

settings.register_profile(
    "fast", max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("slow", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Refuse names of tests that differ from process to process, which cannot share them out then."""
    if " object at 0x" in item.nodeid:
        raise pytest.UsageError(f"{item.nodeid}: there is an address in it; make it with tests.labels.label")


@pytest.fixture(autouse=True)
def _executions_end() -> Iterator[None]:
    """A run inside of this process leaves traces in it; a process of its own would have ended."""
    context: Any = sys.modules.get("wingbeat.runtime.context")
    before = (context._entered, context._current) if context else (None, None)
    yield
    context = sys.modules.get("wingbeat.runtime.context")
    if context is not None:
        context._entered, context._current = before
    loading: Any = sys.modules.get("wingbeat.runtime.loading")
    if loading is not None and loading.flytekit_hook in sys.meta_path:
        sys.meta_path.remove(loading.flytekit_hook)
        finder: Any = sys.modules.get("wingbeat.flytekit_compat.finder")
        if finder is not None:
            finder.uninstall()
    exceptions: Any = sys.modules.get("wingbeat.exceptions")
    if exceptions is not None:
        exceptions.forget_not_covered()


@dataclass(frozen=True)
class Codecs:
    """One implementation of the codecs."""

    name: str
    Codec: Any
    InterfaceCodec: Any
    of_schema: Any

    def decode(self, hint: Any, literal: Message | bytes) -> Any:
        return self.Codec(hint).decode(literal if isinstance(literal, bytes) else literal.SerializeToString())

    def encode(self, hint: Any, value: Any) -> bytes:
        return self.Codec(hint).encode(value)


RUST = Codecs("rust", wingbeat.Codec, wingbeat.InterfaceCodec, _core.Codec)
REFERENCE = Codecs(
    "reference", wingbeat.reference.Codec, wingbeat.reference.InterfaceCodec, wingbeat.reference.Codec.of_schema
)


@pytest.fixture(params=[RUST, REFERENCE], ids=lambda implementation: implementation.name)
def codecs(request: pytest.FixtureRequest) -> Codecs:
    """Each implementation in turn."""
    return request.param


@pytest.fixture(scope="session")
def both() -> tuple[Codecs, Codecs]:
    """The two implementations, for tests that compare them: Rust, reference."""
    return RUST, REFERENCE


@pytest.fixture(scope="session")
def flytekit() -> Iterator[peer.Flytekit]:
    """flytekit itself, in a process of its own."""
    interpreter = peer.python()
    if interpreter is None:
        if os.environ.get("CI"):
            pytest.fail("flytekit's environment is absent: make peers")
        pytest.skip("flytekit's environment is absent: make peers")
    server = peer.Flytekit(interpreter)
    yield server
    server.close()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[s3_store.Server]:
    """S3 on loopback."""
    with s3_store.serve() as server:
        yield server


@pytest.fixture
def s3(s3_server: s3_store.Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder in a store that the environment is configured for."""
    for name, value in s3_server.environment().items():
        monkeypatch.setenv(name, value)
    return f"s3://{s3_store.BUCKET}/{os.urandom(8).hex()}"
