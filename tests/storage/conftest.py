"""Stores on loopback, and what can go wrong on the way to them."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.stores import faulty
from tests.stores import s3 as s3_store
from tests.stores.proxy import Proxy


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits of a hundredth of a second, so that a test that tries again does not wait."""
    monkeypatch.setenv("FLYTE_AWS_BACKOFF_SECONDS", "0.01")


@pytest.fixture(params=["obstore", "fsspec"])
def driver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What object stores are reached by."""
    monkeypatch.setenv("WINGBEAT_STORE", "auto" if request.param == "obstore" else request.param)
    return request.param


@pytest.fixture(scope="session")
def one_proxy(s3_server: s3_store.Server) -> Iterator[Proxy]:
    with Proxy(s3_server.port) as proxy:
        yield proxy


@pytest.fixture
def proxy(s3: str, s3_server: s3_store.Server, one_proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A proxy between us and S3; every fault must have happened in the end."""
    monkeypatch.setenv("FLYTE_AWS_ENDPOINT", one_proxy.url)
    one_proxy.requests.clear()
    yield one_proxy
    left = list(one_proxy.faults)
    one_proxy.faults.clear()
    one_proxy.latency = 0.0
    assert not left


@pytest.fixture
def faults() -> Iterator[type[faulty.FaultyStore]]:
    """The store `faulty://`, empty."""
    faulty.register()
    faulty.clear()
    yield faulty.FaultyStore
    faulty.clear()


@pytest.fixture(params=["s3 by obstore", "s3 by s3fs", "faulty", "local"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder in each kind of place."""
    if request.param == "local":
        return str(request.getfixturevalue("tmp_path") / "there")
    if request.param == "faulty":
        request.getfixturevalue("faults")
        return f"faulty://{os.urandom(8).hex()}"
    monkeypatch.setenv("WINGBEAT_STORE", "auto" if "obstore" in request.param else "fsspec")
    folder: str = request.getfixturevalue("s3")
    return folder
