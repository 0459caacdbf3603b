"""The store of the bench gives back what was put into it, whole, in parts and in ranges: its figures count on that."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from benches import slow_store
from tests.runtime.process import environment

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import os
from wingbeat import FlyteContextManager, storage
files = FlyteContextManager.current_context().file_access
for name, size in (("empty", 0), ("small", 1000), ("large", 80 << 20)):
    content = os.urandom(size)
    with open(name, "wb") as file:
        file.write(content)
    files.put_data(name, f"s3://bucket/folder/{name}")
    files.get_data(f"s3://bucket/folder/{name}", f"{name}.back")
    with open(f"{name}.back", "rb") as file:
        assert file.read() == content, name
    assert storage.read(f"s3://bucket/folder/{name}") == content, name
files.get_data("s3://bucket/folder", "folder", is_multipart=True)
print(sorted(os.listdir("folder")))
try:
    storage.read("s3://bucket/absent")
except storage.StorageError as error:
    print(type(error).__name__)
"""


def test_what_was_put_comes_back(tmp_path: Path) -> None:
    with slow_store.serve(0.001) as store:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=tmp_path,
            env={**environment(), **store},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    listed, missing = done.stdout.splitlines()
    assert listed == "['empty', 'large', 'small']"
    assert missing == "StorageError"


def test_parts_and_ranges() -> None:
    answer = slow_store.answer_to
    begun = answer("POST", "/bucket/a?uploads", {}, b"")[1]
    number = bytes(begun).split(b"<UploadId>")[1].split(b"<")[0].decode()
    for part, content in (("2", b"456"), ("1", b"0123"), ("10", b"789")):
        answer("PUT", f"/bucket/a?partNumber={part}&uploadId={number}", {}, content)
    answer("POST", f"/bucket/a?uploadId={number}", {}, b"<CompleteMultipartUpload/>")
    for asked, got, place in (("2-4", b"234", "2-4"), ("8-", b"89", "8-9"), ("8-99", b"89", "8-9")):
        head, body = answer("GET", "/bucket/a", {"range": f"bytes={asked}"}, b"")
        assert bytes(body) == got
        assert bytes(head).startswith(b"HTTP/1.1 206 ")
        assert f"Content-Range: bytes {place}/10\r\n".encode() in bytes(head)
    assert bytes(answer("GET", "/bucket/a", {}, b"")[1]) == b"0123456789"
    assert len(answer("HEAD", "/bucket/a", {}, b"")) == 1
