"""S3 on loopback: moto's server in a process of its own. `python -m tests.stores.s3 [PORT]` runs it until it is killed.

Keys are not checked; any will do. Everything is in memory, and gone with the process.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
BUCKET = "bucket"


class Server(NamedTuple):
    """Where it listens."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, url: str | None = None) -> dict[str, str]:
        """The variables by which Flyte configures a task for it, or for a proxy of it."""
        return {
            "FLYTE_AWS_ENDPOINT": url or self.url,
            "FLYTE_AWS_ACCESS_KEY_ID": "minio",
            "FLYTE_AWS_SECRET_ACCESS_KEY": "miniostorage",
            "AWS_REGION": "us-east-1",
        }


@contextlib.contextmanager
def serve() -> Iterator[Server]:
    """A server with an empty bucket, while the context lasts."""
    port = free_port()
    command = [sys.executable, "-m", "tests.stores.s3", str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            server = Server(port)
            wait_for(server, process)
            make_bucket(server)
            yield server
        finally:
            process.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Until it answers."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the S3 server ended with {process.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError("the S3 server does not answer")


def make_bucket(server: Server, name: str = BUCKET) -> None:
    # A signature is needed to tell which service is meant; it is not checked.
    signature = "AWS4-HMAC-SHA256 Credential=minio/20200101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    request = urllib.request.Request(f"{server.url}/{name}", method="PUT", headers={"Authorization": signature})
    urllib.request.urlopen(request, timeout=30).close()


def main() -> None:
    import logging

    from moto.server import create_backend_app  # type: ignore[attr-defined]
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for each request
    server = make_server("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0, create_backend_app("s3"), True)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
