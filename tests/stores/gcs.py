"""Google's object store on loopback: an emulator of its JSON interface, which gcsfs speaks and obstore does not.

`serve()` gives the value of `STORAGE_EMULATOR_HOST`.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.stores.s3 import BUCKET, free_port


@contextlib.contextmanager
def serve() -> Iterator[str]:
    """A server with an empty bucket, while the context lasts."""
    port = free_port()
    command = [sys.executable, "-m", "gcp_storage_emulator", "start", "--in-memory", "--default-bucket", BUCKET]
    with subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for _ in range(600):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
