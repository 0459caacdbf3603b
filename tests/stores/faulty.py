"""Stores for fsspec that are in this process: one that is far away, one that fails.

`register()` makes `latency://` and `faulty://` known. Both keep their files in memory, apart from `memory://`.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, ClassVar

import fsspec
from fsspec.implementations.memory import MemoryFileSystem


class LatencyStore(MemoryFileSystem):  # type: ignore[misc]
    """Every request takes `seconds`, however many there are at the same time."""

    protocol = "latency"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    seconds: ClassVar[float] = 0.05

    def wait(self) -> None:
        time.sleep(self.seconds)

    @classmethod
    def _strip_protocol(cls, path: Any) -> str:
        text = str(path)
        for protocol in ("latency", "faulty"):
            text = text.removeprefix(f"{protocol}:/")
        return str(super()._strip_protocol(text))

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **more: Any) -> Any:
        self.wait()
        return super().cat_file(path, start, end, **more)

    def get_file(self, rpath: str, lpath: str, **more: Any) -> None:
        self.wait()
        with open(lpath, "wb") as file:
            file.write(super().cat_file(rpath))

    def put_file(self, lpath: str, rpath: str, **more: Any) -> None:
        self.wait()
        super().pipe_file(rpath, Path(lpath).read_bytes())

    def pipe_file(self, path: str, value: bytes, **more: Any) -> None:
        self.wait()
        super().pipe_file(path, value)


class FaultyStore(LatencyStore):
    """Each of the `faults` is for one transfer of a file: an exception is raised, a function is given what was read.

    `calls` are the transfers that were tried: what was done, and the path.
    """

    protocol = "faulty"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    seconds: ClassVar[float] = 0.0
    faults: ClassVar[list[Any]] = []
    calls: ClassVar[list[tuple[str, str]]] = []

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **more: Any) -> Any:
        fault = self.fault("read", path)
        data = super().cat_file(path, start, end, **more)
        return fault(data) if fault else data

    def get_file(self, rpath: str, lpath: str, **more: Any) -> None:
        fault = self.fault("get", rpath)
        super().get_file(rpath, lpath, **more)
        if fault:
            Path(lpath).write_bytes(fault(Path(lpath).read_bytes()))

    def put_file(self, lpath: str, rpath: str, **more: Any) -> None:
        self.fault("put", rpath)
        super().put_file(lpath, rpath, **more)

    def pipe_file(self, path: str, value: bytes, **more: Any) -> None:
        self.fault("write", path)
        super().pipe_file(path, value)

    def fault(self, call: str, path: str) -> Any:
        self.calls.append((call, path))
        fault = self.faults.pop(0) if self.faults else None
        if isinstance(fault, BaseException):
            raise fault
        return fault


class ServerError(Exception):
    """What clients of HTTP raise for a status: it is an attribute, and so are the headers."""

    def __init__(self, status: int, **headers: str) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def register() -> None:
    for store in (LatencyStore, FaultyStore):
        fsspec.register_implementation(store.protocol, store, clobber=True)


def clear() -> None:
    """Forget all files and faults."""
    for store in (LatencyStore, FaultyStore):
        store.store.clear()
        store.pseudo_dirs[:] = [""]
    FaultyStore.faults.clear()
    FaultyStore.calls.clear()
