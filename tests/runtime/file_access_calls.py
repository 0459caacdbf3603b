"""Calls everything that `ctx.file_access` has, and prints what comes of it.

Run by test_file_access.py with either interpreter: `python file_access_calls.py MODULE CLASS`. One JSON list a line:
what was done, its result or error, and what there is afterwards.
"""

import asyncio
import importlib
import io
import json
import re
import sys
import tempfile
from pathlib import Path

FileAccess = getattr(importlib.import_module(sys.argv[1]), sys.argv[2])

temporary = tempfile.TemporaryDirectory()
base = Path(temporary.name).resolve()
files = FileAccess(str(base / "sandbox"), str(base / "raw"))
remote = FileAccess(str(base / "sandbox"), "memory://bucket/raw")
memory = remote.get_filesystem_for_path("memory://")


def text(value):
    """Without what differs between two runs, and between two classes for the same thing."""
    value = re.sub(r"[0-9a-f]{32}", "*", str(value).replace(str(base), "BASE"))
    return re.sub(r"<\S*LocalFileSystem object at \w+>", "LOCAL", value)


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def show(label, call, folder=None):
    try:
        result = call()
        if asyncio.iscoroutine(result):
            result = asyncio.run(result)
        outcome = [text(one) for one in result] if isinstance(result, list) else text(result)
    except Exception as error:  # noqa: BLE001
        outcome = [type(error).__name__, text(error).partition("\n")[0]]
    print(json.dumps([label, outcome, None if folder is None else tree(folder)]))


(base / "a.txt").write_text("A")
(base / "folder" / "sub").mkdir(parents=True)
(base / "folder" / "empty").mkdir()
(base / "folder" / "x").write_text("X")
(base / "folder" / "sub" / "y").write_text("Y")
(base / "folder" / "[odd] *name?").write_text("Z")
(base / "there").mkdir()
(base / "there" / "old").write_text("old")
(base / "link").symlink_to(base / "a.txt")
(base / "full" / "sub").mkdir(parents=True)
(base / "full" / "sub" / "y").write_text("Y")
(base / "full" / "[odd] *name?").write_text("Z")
a, folder, full, there, missing = (str(base / name) for name in ("a.txt", "folder", "full", "there", "missing"))

# From there to here.
show("get a file", lambda: files.get_data(a, str(base / "new" / "deep" / "b.txt")), base / "new")
show("get a file into a folder", lambda: files.get_data(a, there), base / "there")
show("get a file://", lambda: files.get_data(f"file://{a}", str(base / "get1")))
show("get something missing", lambda: files.get_data(missing, str(base / "get2")))
show("get a missing folder", lambda: files.get_data(missing, str(base / "get2"), is_multipart=True))
show("get a folder", lambda: files.get_data(folder, str(base / "get3"), is_multipart=True), base / "get3")
show("get a folder into another", lambda: files.get_data(folder, there, is_multipart=True), base / "there")
show("get a file as a folder", lambda: files.get_data(a, str(base / "get4"), is_multipart=True), base / "get4")
show("get an unknown scheme", lambda: files.get_data("nope://x", str(base / "get5")))
show("download", lambda: files.download(a, str(base / "get6")))
show("download_directory", lambda: files.download_directory(folder, str(base / "get7")), base / "get7")
show("async_get_data", lambda: files.async_get_data(a, str(base / "get8")))
show("get", lambda: files.get(a, str(base / "get9")))

# From here to there.
show("put a file", lambda: files.put_data(a, str(base / "put" / "b")), base / "put")
show("put a path", lambda: files.put_data(Path(a), f"file://{base}/put/c"), base / "put")
show("put a file into a folder", lambda: files.put_data(a, str(base / "put")), base / "put")
show("put something missing", lambda: files.put_data(missing, str(base / "put" / "d")), base / "put")
show("put a missing folder", lambda: files.put_data(missing, str(base / "put" / "d"), is_multipart=True), base / "put")
show("put a folder", lambda: files.put_data(folder, str(base / "put" / "e"), is_multipart=True), base / "put" / "e")
show(
    "put a file as a folder", lambda: files.put_data(a, str(base / "put" / "f"), is_multipart=True), base / "put" / "f"
)
show("upload", lambda: files.upload(a, str(base / "put" / "g")))
show("upload_directory", lambda: files.upload_directory(folder, str(base / "put" / "h")), base / "put" / "h")
show("async_put_data", lambda: files.async_put_data(a, str(base / "put" / "i")))

# Raw data.
show("raw path", lambda: files.put_raw_data(Path(a)))
show("raw text path", lambda: files.put_raw_data(a, upload_prefix="u", file_name="n"), base / "raw" / "u")
show("raw path, no prefix", lambda: files.put_raw_data(a, upload_prefix=""))
show("raw folder", lambda: files.put_raw_data(folder, upload_prefix="f"), base / "raw" / "f")
show("raw folder, named", lambda: files.put_raw_data(folder, upload_prefix="g", file_name="n"), base / "raw" / "g")
show("raw link", lambda: files.put_raw_data(str(base / "link")))
show("raw missing", lambda: files.put_raw_data(missing))
show("raw bytes", lambda: files.put_raw_data(b"x"))
show("raw buffer", lambda: files.put_raw_data(io.BytesIO(b"x" * 5000), file_name="f"))
show("raw text", lambda: Path(files.put_raw_data(io.StringIO("aé"), encoding="latin-1")).read_bytes())
show("raw file", lambda: Path(files.put_raw_data(open(a, "rb"))).read_bytes())  # noqa: SIM115
show("raw number", lambda: files.put_raw_data(17))
show("raw elsewhere", lambda: files.put_raw_data(b"x", upload_prefix=str(base / "else"), skip_raw_data_prefix=True))
show("async_put_raw_data", lambda: files.async_put_raw_data(b"x", file_name="f"))

# A store that is not local.
show("memory: put", lambda: remote.put_data(a, "memory://bucket/a"))
show("memory: put into a folder", lambda: remote.put_data(a, "memory://bucket/into/"))
show("memory: put a folder", lambda: remote.put_data(full, "memory://bucket/folder", is_multipart=True))
show("memory: raw bytes", lambda: remote.put_raw_data(b"x", upload_prefix="p", file_name="f"))
show("memory: raw text", lambda: remote.put_raw_data(io.StringIO("é"), upload_prefix="p", file_name="g"))
show("memory: raw path", lambda: remote.put_raw_data(a, upload_prefix="p"))
show("memory: all files", lambda: memory.find("/bucket"))
show("memory: content", lambda: memory.cat("/bucket/raw/p/g"))
show("memory: get", lambda: remote.get_data("memory://bucket/a", str(base / "m1")))
show("memory: get a folder", lambda: remote.get_data("memory://bucket/folder", str(base / "m2"), is_multipart=True))
show("memory: as here", lambda: tree(base / "m2"))
show("memory: get something missing", lambda: remote.get_data("memory://bucket/no", str(base / "m3")))
show("memory: exists", lambda: [remote.exists(f"memory://bucket/{name}") for name in ("a", "folder", "no")])

# Names.
show(
    "prefixes",
    lambda: [
        files.raw_output_prefix,
        remote.raw_output_prefix,
        FileAccess(str(base / "sandbox"), f"{base}/").raw_output_prefix,
    ],
)
show("sandbox", lambda: [files.local_sandbox_dir, files.local_sandbox_dir.exists()])
show(
    "random", lambda: [files.get_random_string(), files.get_random_local_path(), files.get_random_local_path("a/b.txt")]
)
show("random folder", lambda: Path(files.get_random_local_directory()).is_dir())
show("random remote", lambda: [remote.get_random_remote_path(), remote.get_random_remote_path("a/b.txt")])
show("random remote folder", remote.get_random_remote_directory)
show("random remote, a slash", lambda: remote.get_random_remote_path("a/"))
show("custom", lambda: [remote.generate_new_custom_path(), remote.generate_new_custom_path(alt="other", stem="s")])
show("tail", lambda: [files.get_file_tail(path) for path in ("a/b", "b", "a/")])
show(
    "join", lambda: [remote.join(*parts) for parts in (("memory://", "a"), ("memory://b/", "c"), ("memory://b", "/c"))]
)
show(
    "join, local",
    lambda: [files.join("/a/", "b"), files.join("a//", "b"), files.join("a"), files.join("/a", "b", unstrip=True)],
)
show("join nothing", files.join)
show("separators", lambda: [files.sep(None), files.sep(files.raw_output_fs), remote.sep(memory)])
show("remote", lambda: [files.is_remote(path) for path in ("a", "/a", "file:///a", "s3://b", "https://x", Path("a"))])
show("stripped", lambda: [files.strip_file_header(path) for path in ("file:///a/", "/a/", "s3://b", "a/file://b")])
show("exists", lambda: [files.exists(path) for path in (a, folder, f"file://{a}", missing)])

# File systems.
show("file systems", lambda: [files.raw_output_fs, files.get_filesystem(), files.get_filesystem("file")])
show("file systems by path", lambda: [files.get_filesystem_for_path(a), files.get_filesystem_for_path(f"file://{a}")])
show("memory's", lambda: remote.raw_output_fs is remote.get_filesystem("memory") is memory)
show("an unknown scheme", lambda: files.get_filesystem("nope"))
show("for coroutines", lambda: files.get_async_filesystem_for_path(a))
