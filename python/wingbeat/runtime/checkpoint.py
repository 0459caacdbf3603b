"""Checkpoints of a task: `current_context().checkpoint` (runtime contract 9)."""

from __future__ import annotations

import io
import os
from pathlib import Path

from wingbeat.exceptions import FlyteDataNotFoundException
from wingbeat.storage import join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.file_access import FileAccess


class Checkpoint:
    """The face that user code sees; for checkpoints of another kind, derive from it."""

    def prev_exists(self) -> bool:
        """Whether an earlier attempt may have left a checkpoint."""
        raise NotImplementedError("Use one of the derived classes")

    def restore(self, path: Path | str) -> Path | None:
        """Fetch the checkpoint of the attempt before into a folder."""
        raise NotImplementedError("Use one of the derived classes")

    def save(self, cp: Path | str | io.BufferedReader) -> None:
        """Keep a file, a folder or the content of an open file."""
        raise NotImplementedError("Use one of the derived classes")

    def read(self) -> bytes | None:
        """The content of the one file that the attempt before has kept."""
        raise NotImplementedError("Use one of the derived classes")

    def write(self, b: bytes) -> None:
        """Keep some bytes."""
        raise NotImplementedError("Use one of the derived classes")


class SyncCheckpoint(Checkpoint):
    """Checkpoints that are copied at once. Not for several threads at a time.

    Args:
        checkpoint_dest: The location below which this attempt keeps its checkpoints.
        checkpoint_src: The location of the attempt before, if there was one. The engine names one for every attempt but
            the first, whether or not something was kept there.
    """

    SRC_LOCAL_FOLDER = "prev_cp"
    TMP_DST_PATH = "_dst_cp"

    def __init__(self, checkpoint_dest: str, checkpoint_src: str | None = None) -> None:
        self._checkpoint_dest = str(checkpoint_dest)
        self._checkpoint_src = checkpoint_src or None
        self._restored: Path | None = None

    def __repr__(self) -> str:
        return f"SyncCheckpoint(checkpoint_dest={self._checkpoint_dest!r}, checkpoint_src={self._checkpoint_src!r})"

    def prev_exists(self) -> bool:
        """Whether there was an attempt before. The storage is not asked: `restore` and `read` may still give None."""
        return self._checkpoint_src is not None

    def restore(self, path: Path | str | None = None) -> Path | None:
        """Fetch what the attempt before has kept: all of it arrives, or nothing does.

        Args:
            path: An existing folder; a temporary one by default. Only the first call that finds something fetches it,
                later ones give the same folder whatever they ask for.

        Returns:
            The folder, or None if nothing was kept.

        Raises:
            ValueError: `path` is no folder.
            FlyteDownloadDataException: the storage failed.
        """
        if self._checkpoint_src is None:
            return None
        if self._restored is not None:
            return self._restored
        if path is None:
            from wingbeat.runtime.workspace import make_folder

            folder = Path(make_folder(), self.SRC_LOCAL_FOLDER)
            folder.mkdir()
        else:
            folder = Path(path)
        if not folder.is_dir():
            raise ValueError(f"Checkpoints can be restored to a directory only. There is no directory {str(folder)!r}.")
        try:
            file_access().download_directory(self._checkpoint_src, str(folder))
        except FlyteDataNotFoundException:
            return None
        self._restored = folder
        return folder

    def read(self) -> bytes | None:
        """The content of the one file that the attempt before has kept, None if it has kept nothing.

        Raises:
            ValueError: there is more than one.
            FlyteDownloadDataException: the storage failed.
        """
        folder = self.restore()
        if folder is None:
            return None
        entries = list(folder.iterdir())
        if len(entries) > 1:
            raise ValueError(f"Expected exactly one checkpoint - found {len(entries)}")
        return entries[0].read_bytes() if entries else None

    def write(self, b: bytes) -> None:
        """Keep some bytes; what was written before is replaced. Raises as `save` does."""
        self.save(io.BytesIO(b))

    def save(self, cp: Path | str | io.IOBase) -> None:
        """Keep a file, all that is in a folder, or what is left to read in an open file.

        A file is kept under its own name, what has none as `_dst_cp`; each replaces what has the same name. A file is
        kept whole or not at all.

        Raises:
            ValueError: `cp` is something else, bytes say: `write` takes those. Or `--checkpoint-path` is empty.
            FlyteUploadDataException: it could not be read, or not be stored.
        """
        if not isinstance(cp, (Path, str, io.IOBase)):
            raise ValueError(  # noqa: TRY004 as flytekit
                f"Only a valid path or IOBase type (reader) should be provided, received {type(cp)}"
            )
        if not self._checkpoint_dest:
            raise ValueError("the checkpoint cannot be saved: --checkpoint-path is empty, expected a location")
        if isinstance(cp, io.IOBase):
            self._save_stream(cp)
        elif os.path.isdir(cp):
            file_access().upload_directory(str(cp), self._checkpoint_dest)
        else:
            file_access().upload(str(cp), join(self._checkpoint_dest, Path(cp).name))

    def _save_stream(self, stream: io.IOBase) -> None:
        import shutil
        import tempfile

        with tempfile.TemporaryDirectory(prefix="flyte-") as folder:
            path = os.path.join(folder, self.TMP_DST_PATH)
            with open(path, "wb") as file:
                shutil.copyfileobj(stream, file)
            file_access().upload(path, join(self._checkpoint_dest, self.TMP_DST_PATH))


def file_access() -> FileAccess:
    """The files of the current context."""
    from wingbeat.runtime import flyte_context

    return flyte_context.current().file_access
