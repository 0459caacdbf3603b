"""An object store on loopback that answers each request after a while: `python -m benches.slow_store SECONDS`.

Prints its port. It keeps objects in memory, knows as much of S3 as reading, writing and listing need, and serves
thousands of requests a second, so that what is measured is the client.
"""

from __future__ import annotations

import asyncio
import hashlib
import sys
from email.utils import formatdate
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "bucket"
_DATE = formatdate(usegmt=True)
objects: dict[str, bytes] = {}


class Connection(asyncio.Protocol):
    """Requests of one client, answered in their order."""

    transport: asyncio.Transport

    def __init__(self, latency: float) -> None:
        self._latency = latency
        self._data = bytearray()
        self._continued = False

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
            body = bytes(self._data[end + 4 : whole])
            del self._data[:whole]
            self._continued = False
            method, target, _ = request.split(" ")
            answer = answer_to(method, target, body)
            asyncio.get_running_loop().call_later(self._latency, self._send, answer)

    def _send(self, answer: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(answer)


def answer_to(method: str, target: str, body: bytes) -> bytes:
    """The whole answer to one request."""
    parts = urlsplit(target)
    key = unquote(parts.path).removeprefix(f"/{BUCKET}").lstrip("/")
    query = parse_qs(parts.query, keep_blank_values=True)
    if method == "PUT":
        objects[key] = body
        return response(200, b"", etag(body))
    if "list-type" in query:
        return response(200, listing(query.get("prefix", [""])[0], query.get("delimiter", [""])[0]))
    found = objects.get(key)
    if found is None:
        return response(404, b"<Error><Code>NoSuchKey</Code></Error>" if method == "GET" else b"")
    answer = response(200, found, etag(found))
    return answer[: len(answer) - len(found)] if method == "HEAD" else answer


def etag(body: bytes) -> str:
    """What names a version."""
    return f'ETag: "{hashlib.md5(body, usedforsecurity=False).hexdigest()}"\r\n'


def response(status: int, body: bytes, more: str = "") -> bytes:
    """One answer of HTTP."""
    head = f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\nLast-Modified: {_DATE}\r\n{more}\r\n"
    return head.encode() + body


def listing(prefix: str, delimiter: str) -> bytes:
    """All keys at once."""
    folders, files = set(), []
    for key, body in objects.items():
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
