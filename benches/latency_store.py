"""A folder as a store that answers each request after 50 ms: `latency:///path`. Put beside the tasks that are measured.

Asynchronous, as the drivers of the clouds are: whoever asks for many things at once gets them at once.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import Any

import fsspec
from fsspec.asyn import AsyncFileSystem

LATENCY = 0.05


class LatencyStore(AsyncFileSystem):  # type: ignore[misc]  # fsspec has no types
    """Names are paths below the root of this machine."""

    protocol = "latency"

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return "/" + str(path).removeprefix("latency://").strip("/")

    async def _info(self, path: str, **kwargs: Any) -> dict[str, Any]:
        await asyncio.sleep(LATENCY)
        return self.entry(path)

    async def _ls(self, path: str, detail: bool = True, **kwargs: Any) -> list[Any]:
        await asyncio.sleep(LATENCY)
        entries = [self.entry(entry.path) for entry in os.scandir(path)]
        return entries if detail else [entry["name"] for entry in entries]

    async def _cat_file(self, path: str, start: int | None = None, end: int | None = None, **kwargs: Any) -> bytes:
        await asyncio.sleep(LATENCY)
        with open(self._strip_protocol(path), "rb") as file:
            return file.read()[start:end]

    async def _pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        await asyncio.sleep(LATENCY)
        os.makedirs(os.path.dirname(self._strip_protocol(path)), exist_ok=True)
        with open(self._strip_protocol(path), "wb") as file:
            file.write(value)

    async def _get_file(self, rpath: str, lpath: str, **kwargs: Any) -> None:
        await asyncio.sleep(LATENCY)
        if os.path.isdir(rpath):
            os.makedirs(lpath, exist_ok=True)
        else:
            shutil.copyfile(rpath, lpath)

    async def _put_file(self, lpath: str, rpath: str, mode: str = "overwrite", **kwargs: Any) -> None:
        await asyncio.sleep(LATENCY)
        if not os.path.isdir(lpath):
            os.makedirs(os.path.dirname(rpath), exist_ok=True)
            shutil.copyfile(lpath, rpath)

    async def _makedirs(self, path: str, exist_ok: bool = False) -> None:
        os.makedirs(path, exist_ok=exist_ok)

    @staticmethod
    def entry(path: str) -> dict[str, Any]:
        """What is known of a name. Raises FileNotFoundError."""
        state = os.stat(path)
        return {"name": path, "size": state.st_size, "type": "directory" if os.path.isdir(path) else "file"}


fsspec.register_implementation("latency", LatencyStore, clobber=True)
