"""What is in a store after the runs, asked without any fault."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

from tests.stores.s3 import Server


class Store:
    """A store that was copied to a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, uri: str) -> bytes | None:
        path = self.folder / uri.partition("://")[2]
        return path.read_bytes() if path.is_file() else None


class Bucket(Store):
    """A store in S3."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def read(self, uri: str) -> bytes | None:
        try:
            return self.ask("GET", uri)
        except urllib.error.HTTPError as error:
            assert error.code == 404
            return None

    def ask(self, method: str, uri: str, data: bytes | None = None) -> bytes:
        # A signature is needed, and not checked.
        sign = "AWS4-HMAC-SHA256 Credential=minio/20200101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
        url = f"{self.server.url}/{uri.partition('://')[2]}"
        headers = {"Authorization": sign, "Content-Type": "application/octet-stream"}
        request = urllib.request.Request(url, data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            content: bytes = answer.read()
            return content
