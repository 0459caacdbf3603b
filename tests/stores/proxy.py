"""An HTTP proxy that stands between a client and a server and does what networks and overloaded servers do.

`with Proxy(port) as proxy: proxy.fail(Status(503), ...)`: each fault is for one request that fits it, in order; what
has no fault goes through. `proxy.latency` holds back every request. `python -m tests.stores.proxy PORT SECONDS` is a
proxy that does nothing but that.
"""

from __future__ import annotations

import http.client
import http.server
import io
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Fault:
    """What happens to one request.

    `method` and `part`, a part of its path, say to which; so many as `skip` says go through first.
    """

    method: str = ""
    part: str = ""
    skip: int = 0

    def fits(self, method: str, path: str) -> bool:
        if self.method not in ("", method) or self.part not in path:
            return False
        self.skip -= 1
        return self.skip < 0


@dataclass
class Status(Fault):
    """An answer that says no."""

    status: int = 503
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Reset(Fault):
    """The connection is cut before an answer."""


@dataclass
class Cut(Fault):
    """The connection is cut after so many bytes of the answer."""

    after: int = 0


@dataclass
class Slow(Fault):
    """The answer waits so many seconds for its first byte."""

    seconds: float = 0.0


def slow_down(**more: Any) -> Status:
    """What S3 says when it is asked too often."""
    body = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
    return Status(body=body, **more)


class Proxy:
    """A proxy of a port of this machine."""

    def __init__(self, port: int, latency: float = 0.0) -> None:
        self.target = port
        self.latency = latency
        self.faults: list[Fault] = []
        self.requests: list[str] = []  # method and path, as they came
        self._lock = threading.Lock()
        self._server = Listener(("127.0.0.1", 0), Handler)
        self._server.proxy = self
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Proxy:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fail(self, *faults: Fault) -> None:
        """Faults for the requests to come."""
        self.faults.extend(faults)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault for a request."""
        with self._lock:
            self.requests.append(f"{method} {path}")
            fault = next((one for one in self.faults if one.fits(method, path)), None)
            if fault is not None:
                self.faults.remove(fault)
            return fault


class Listener(http.server.ThreadingHTTPServer):
    proxy: Proxy
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone away is not worth a word."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Listener

    def setup(self) -> None:
        super().setup()
        self.upstream = http.client.HTTPConnection("127.0.0.1", self.server.proxy.target)

    def finish(self) -> None:
        self.upstream.close()
        super().finish()

    def handle_request(self) -> None:
        proxy = self.server.proxy
        fault = proxy.take(self.command, self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            body = self.read_chunks()
        time.sleep(proxy.latency)
        if isinstance(fault, Reset):
            self.reset()
        elif isinstance(fault, Status):
            self.answer(fault.status, fault.headers, fault.body)
        else:
            if isinstance(fault, Slow):
                time.sleep(fault.seconds)
            self.forward(body, fault.after if isinstance(fault, Cut) else None)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = handle_request

    def forward(self, body: bytes | None, cut: int | None) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() != "transfer-encoding"}
        self.upstream.request(self.command, self.path, body, headers)
        answer = self.upstream.getresponse()
        content = answer.read()
        kept = {name: value for name, value in answer.headers.items() if name.lower() not in DROPPED}
        if self.command == "HEAD":
            kept["Content-Length"] = answer.headers.get("Content-Length", "0")
        if cut is None:
            self.answer(answer.status, kept, content)
            return
        self.send(answer.status, {**kept, "Content-Length": str(len(content))}, content[:cut])
        self.reset()

    def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send(status, {"Content-Length": str(len(body)), **headers}, b"" if self.command == "HEAD" else body)

    def send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def read_chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def reset(self) -> None:
        self.close_connection = True
        # Closing with what is unsent thrown away is a reset.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.wfile.close()
        self.connection.close()
        self.rfile = self.wfile = io.BytesIO()  # for the base class to close

    def log_message(self, *_: object) -> None:
        """Nothing."""


DROPPED = ("content-length", "transfer-encoding", "connection")


def main() -> None:
    with Proxy(int(sys.argv[1]), float(sys.argv[2])) as proxy:
        print(proxy.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
