"""From the location of a code bundle to its files in a folder (runtime contract 11)."""

from __future__ import annotations

import os

from wingbeat.runtime.bundle.errors import BundleError
from wingbeat.storage import StorageError, local_path
from wingbeat.storage.local import beside, failure, remove

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import RawIOBase

PICKLED = "pkl.gz"  # what a notebook registers: its resolver opens it as it is
_PIECE = 1024 * 1024


def fetch(uri: str, folder: str) -> None:
    """Put a code bundle into `folder`: the archive itself, and what is in it unless it is a notebook's.

    Raises:
        BundleError: there is no such bundle or folder, its name is no bundle's, or it is not to be unpacked.
        StorageError: it cannot be reached.
    """
    name = os.path.basename(uri)
    if name != PICKLED and not name.endswith(".tar.gz"):
        raise BundleError(f"the code bundle {uri!r} has no name that ends with .tar.gz, and is not called {PICKLED}")
    if not os.path.isdir(folder):
        raise BundleError(
            f"--dest-dir {folder!r} is not a folder, so the code bundle cannot be unpacked there. Make it in the image"
        )
    archive = os.path.join(folder, name)
    try:
        download(uri, archive)
    except StorageError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            # The beginning is flytekit's; log scrapers know it.
            raise BundleError(f"task execution code was not found: {error}") from error
        raise
    if name == PICKLED:
        return
    from wingbeat.runtime.bundle import unpack

    try:
        unpack.unpack(archive, folder)
    except (BundleError, OSError) as error:
        raise BundleError(f"the code bundle {uri!r} was not unpacked into {folder!r}: {error}") from error


def download(uri: str, path: str) -> None:
    """Have the bundle at `path`, whole."""
    source = local_path(uri)
    if source is None:
        from wingbeat.storage import transfer

        transfer.download(uri, path)
        return
    try:
        if os.path.realpath(source) == os.path.realpath(path) and os.path.exists(source):
            return
        file = open(source, "rb", buffering=0)  # noqa: SIM115 a failure here is another one than below
    except OSError as error:
        raise failure("read", uri, error) from error
    with file:
        try:
            copy(file, path)
        except OSError as error:
            raise failure("write", path, error) from error


def copy(file: RawIOBase, path: str) -> None:
    """Copy an open file, with nothing but `os`: `shutil` takes as long to import as a small bundle to unpack."""
    temporary = beside(path)
    try:
        with open(temporary, "wb", buffering=0) as target:
            while piece := file.read(_PIECE):
                while piece:
                    piece = piece[target.write(piece) :]
        os.replace(temporary, path)
    except BaseException:
        remove(temporary)
        raise
