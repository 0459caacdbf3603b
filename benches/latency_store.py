"""A folder as a store that answers each request after 50 ms: `latency:///path`. Put beside the tasks that are measured.

Asynchronous, as the drivers of the clouds are: whoever asks for many things at once gets them at once.
"""

import asyncio
import os
import shutil

import fsspec
from fsspec.asyn import AsyncFileSystem

LATENCY = 0.05


class LatencyStore(AsyncFileSystem):
    """Names are paths below the root of this machine."""

    protocol = "latency"

    @classmethod
    def _strip_protocol(cls, path):
        return "/" + str(path).removeprefix("latency://").strip("/")

    async def _info(self, path, **kwargs):
        await asyncio.sleep(LATENCY)
        return self.entry(path)

    async def _ls(self, path, detail=True, **kwargs):
        await asyncio.sleep(LATENCY)
        entries = [self.entry(entry.path) for entry in os.scandir(path)]
        return entries if detail else [entry["name"] for entry in entries]

    async def _cat_file(self, path, start=None, end=None, **kwargs):
        await asyncio.sleep(LATENCY)
        with open(self._strip_protocol(path), "rb") as file:
            return file.read()[start:end]

    async def _pipe_file(self, path, value, mode="overwrite", **kwargs):
        await asyncio.sleep(LATENCY)
        os.makedirs(os.path.dirname(self._strip_protocol(path)), exist_ok=True)
        with open(self._strip_protocol(path), "wb") as file:
            file.write(value)

    async def _get_file(self, rpath, lpath, **kwargs):
        await asyncio.sleep(LATENCY)
        if os.path.isdir(rpath):
            os.makedirs(lpath, exist_ok=True)
        else:
            shutil.copyfile(rpath, lpath)

    async def _put_file(self, lpath, rpath, mode="overwrite", **kwargs):
        await asyncio.sleep(LATENCY)
        if not os.path.isdir(lpath):
            os.makedirs(os.path.dirname(rpath), exist_ok=True)
            shutil.copyfile(lpath, rpath)

    async def _makedirs(self, path, exist_ok=False):
        os.makedirs(path, exist_ok=exist_ok)

    @staticmethod
    def entry(path):
        """What is known of a name. Raises FileNotFoundError."""
        state = os.stat(path)
        return {"name": path, "size": state.st_size, "type": "directory" if os.path.isdir(path) else "file"}


fsspec.register_implementation("latency", LatencyStore, clobber=True)
