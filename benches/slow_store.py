"""An object store on loopback that answers each request after a while: `python -m benches.slow_store SECONDS`.

Prints its port. It keeps objects in memory, knows as much of S3 as reading, writing and listing need, and serves
thousands of requests or a gigabyte a second, so that what is measured is the client.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import contextmanager
from email.utils import formatdate
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from benches import samples

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BUCKET = "bucket"
#: What clients are told of it, but for its URL.
SETTINGS = {
    "FLYTE_AWS_ACCESS_KEY_ID": "minio",
    "FLYTE_AWS_SECRET_ACCESS_KEY": "miniostorage",
    "AWS_REGION": "us-east-1",
}
_DATE = formatdate(usegmt=True)
#: Bytes of an answer that are handed to the system at once.
_PIECE = 1 << 20
#: The version and content of each.
objects: dict[str, tuple[int, bytes]] = {}
uploads: dict[str, dict[int, bytes]] = {}
_versions = count(1)


@contextmanager
def serve(latency: float) -> Iterator[dict[str, str]]:
    """A store in a process of its own: the environment of its clients."""
    command = [sys.executable, "-m", "benches.slow_store", str(latency)]
    with subprocess.Popen(command, cwd=samples.ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield {**SETTINGS, "FLYTE_AWS_ENDPOINT": f"http://127.0.0.1:{server.stdout.readline().strip()}"}
        finally:
            server.kill()


class Connection(asyncio.Protocol):
    """Requests of one client, answered in their order."""

    transport: asyncio.Transport

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._data = bytearray()
        self._continued = self._full = False
        self._answers: list[memoryview] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember it."""
        self.transport = transport  # type: ignore[assignment] # of a server for streams it is one

    def data_received(self, data: bytes) -> None:
        """Answer what has come whole."""
        self._data += data
        while (end := self._data.find(b"\r\n\r\n")) >= 0:
            request, *lines = self._data[:end].decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines)
            if headers.get("expect") == "100-continue" and not self._continued:
                self._continued = True
                self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            whole = end + 4 + int(headers.get("content-length", 0))
            if len(self._data) < whole:
                return
            body = bytes(memoryview(self._data)[end + 4 : whole])
            del self._data[:whole]
            self._continued = False
            method, target, _ = request.split(" ")
            answer = answer_to(method, target, headers, body)
            asyncio.get_running_loop().call_later(self._latency, self._send, *answer)

    def pause_writing(self) -> None:
        """The client has enough for now."""
        self._full = True

    def resume_writing(self) -> None:
        """The client takes more."""
        self._full = False
        self._send()

    def _send(self, *answer: bytes | memoryview) -> None:
        self._answers.extend(map(memoryview, answer))
        while self._answers and not self._full and not self.transport.is_closing():
            first = self._answers[0]
            self._answers[:1] = [first[_PIECE:]] if len(first) > _PIECE else []
            self.transport.write(first[:_PIECE])


def answer_to(method: str, target: str, headers: Mapping[str, str], body: bytes) -> tuple[bytes | memoryview, ...]:
    """The whole answer to one request: head and body."""
    parts = urlsplit(target)
    key = unquote(parts.path).removeprefix(f"/{BUCKET}").lstrip("/")
    query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if method == "PUT":
        return response(200, b"", etag(put(key, query, body)))
    if method == "POST":
        return response(200, multipart(key, query).encode())
    if "list-type" in query:
        return response(200, listing(query.get("prefix", ""), query.get("delimiter", "")))
    if key not in objects:
        return response(404, b"<Error><Code>NoSuchKey</Code></Error>" if method == "GET" else b"")
    number, content = objects[key]
    if "range" in headers:
        first, _, last = headers["range"].removeprefix("bytes=").partition("-")
        start, stop = int(first), min(int(last or len(content)) + 1, len(content))
        place = f"Content-Range: bytes {start}-{stop - 1}/{len(content)}\r\n"
        return response(206, memoryview(content)[start:stop], etag(number) + place)
    answer = response(200, content, etag(number))
    return answer[:1] if method == "HEAD" else answer


def put(key: str, query: Mapping[str, str], body: bytes) -> int:
    """Keep an object, or a part of one: its version."""
    number = next(_versions)
    if "uploadId" in query:
        uploads[query["uploadId"]][int(query["partNumber"])] = body
    else:
        objects[key] = number, body
    return number


def multipart(key: str, query: Mapping[str, str]) -> str:
    """Begin an object in parts, or put them together."""
    number = next(_versions)
    if "uploads" in query:
        uploads[str(number)] = {}
        return f"<InitiateMultipartUploadResult><UploadId>{number}</UploadId></InitiateMultipartUploadResult>"
    objects[key] = number, b"".join(body for _, body in sorted(uploads.pop(query["uploadId"]).items()))
    return f'<CompleteMultipartUploadResult><ETag>"{number}"</ETag></CompleteMultipartUploadResult>'


def etag(number: int) -> str:
    """What names a version."""
    return f'ETag: "{number}"\r\n'


def response(status: int, body: bytes | memoryview, more: str = "") -> tuple[bytes, bytes | memoryview]:
    """One answer of HTTP."""
    head = f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\nLast-Modified: {_DATE}\r\n{more}\r\n"
    return head.encode(), body


def listing(prefix: str, delimiter: str) -> bytes:
    """All keys at once."""
    folders, files = set(), []
    for key, (_, body) in objects.items():
        if key.startswith(prefix):
            folder, found, _ = key[len(prefix) :].partition(delimiter) if delimiter else ("", "", "")
            if found:
                folders.add(f"{prefix}{folder}{delimiter}")
            else:
                files.append(
                    f"<Contents><Key>{escape(key)}</Key><Size>{len(body)}</Size>"
                    "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
                )
    common = "".join(f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(folders))
    return f"<ListBucketResult><IsTruncated>false</IsTruncated>{''.join(files)}{common}</ListBucketResult>".encode()


async def main(latency: float) -> None:
    """Serve until it is killed."""
    server = await asyncio.get_running_loop().create_server(lambda: Connection(latency), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
