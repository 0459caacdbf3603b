"""Downloads that are begun before somebody asks for them: while the inputs of a task are decoded.

Every location that is in another place is fetched into a temporary folder, several at a time. `claim` waits for one
and moves it to where it is wanted.
"""

from __future__ import annotations

import errno
import os
import threading

from wingbeat.storage import copy, transfer
from wingbeat.storage.errors import StorageError
from wingbeat.storage.limits import BYTES_AHEAD, transfers
from wingbeat.storage.progress import Progress
from wingbeat.storage.uri import local_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

WAITING, RUNNING, DONE, FAILED, LEFT = range(5)


class Prefetch:
    """The downloads of one task.

    Args:
        locations: What will be wanted, in the order in which it will be: a URI, and whether it is a folder. What is
            named several times is fetched once. Local paths are left out.
        parent: Where the temporary folder is made, best in the file system in which the files will be wanted.
        count: How many at a time; by default what `limits.transfers` says.
        size: How many bytes may lie here unclaimed. What would not fit waits until something is claimed; if it is
            wanted before that, whoever wants it fetches it.
    """

    def __init__(
        self, locations: Iterable[tuple[str, bool]], parent: str, count: int | None = None, size: int = BYTES_AHEAD
    ) -> None:
        self._items: dict[tuple[str, bool], Item] = {}
        for uri, folder in locations:
            if local_path(uri) is None:
                self._items.setdefault((uri, folder), Item(uri, folder)).wanted += 1
        self._size = size
        self._reserved = 0  # bytes that are here, or on their way here
        self._folder = os.path.join(parent, f"prefetch-{os.urandom(8).hex()}")
        self._changed = threading.Condition()
        self._waiting = list(self._items.values())
        self._running = 0
        self._closed = False
        for _ in range(min(transfers() if count is None else count, len(self._items))):
            # A daemon: a task that has failed must not wait for what it does not need.
            threading.Thread(target=self._work, name="wingbeat-prefetch", daemon=True).start()

    def claim(self, uri: str, folder: bool, path: str) -> bool:
        """Have this location at `path`, as `transfer.download` has it. False if it has not been fetched.

        Raises:
            StorageError: it could not be read or written.
        """
        item = self._items.get((uri, folder))
        if item is None:
            return False
        with self._changed:
            if item.state == WAITING:
                self._waiting.remove(item)
                item.state = LEFT
            self._changed.wait_for(lambda: item.state != RUNNING or self._closed)
            if item.state == FAILED:
                assert item.error is not None
                raise item.error
            if item.state != DONE or self._closed:
                return False
        with item.lock:
            if not item.wanted:
                return False
            item.wanted -= 1
            last = not item.wanted  # after all copies are made, for they are made within the lock
            transfer.attempt("write", path, lambda: item.hand_over(path, move=last))
        if last:
            with self._changed:
                self._reserved -= item.reserved
                self._changed.notify_all()
        return True

    def close(self) -> None:
        """Begin nothing more, and remove what nobody has claimed."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
            running = self._running
        if not running:  # else the last thread does it
            copy.discard(self._folder)

    def reserve(self, item: Item, count: int) -> None:
        """Wait until so many bytes may lie here. Raises `GivenUpError` if it is wanted before that, or not at all."""
        with self._changed:
            self._reserved -= item.reserved
            item.reserved = 0
            if self._reserved + count > self._size and self._reserved:
                # Whoever claims it must not wait for a claim that comes after.
                item.state = WAITING
                self._waiting.insert(0, item)
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._may_go_on(item, count))
                if item.state == LEFT or self._closed:
                    raise GivenUpError("read", item.uri, "given up")
                self._waiting.remove(item)
                item.state = RUNNING
            item.reserved = count
            self._reserved += count

    def go_on(self) -> None:
        """Raise `GivenUpError` if nobody waits any more."""
        if self._closed:
            raise GivenUpError("read", "", "given up")

    def _may_go_on(self, item: Item, count: int) -> bool:
        return item.state == LEFT or self._closed or not self._reserved or self._reserved + count <= self._size

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._may_begin)
                item = next((one for one in self._waiting if not one.begun), None)
                if item is None:
                    return
                self._waiting.remove(item)
                item.state, item.begun = RUNNING, True
                self._running += 1
            error: BaseException | None = None
            try:
                item.fetch(os.path.join(self._folder, str(id(item))), Reporting(self, item))
            except BaseException as failed:  # noqa: BLE001 raised by the claim that wants it
                error = failed
            with self._changed:
                self._running -= 1
                if error is None:
                    item.state = DONE
                else:
                    self._reserved -= item.reserved
                    if item.state != LEFT:
                        item.state, item.error = FAILED, error
                self._changed.notify_all()
                last = self._closed and not self._running
            if last:
                copy.discard(self._folder)

    def _may_begin(self) -> bool:
        fresh = any(not item.begun for item in self._waiting)
        return self._closed or not fresh or self._reserved < self._size


class GivenUpError(StorageError):
    """Nobody wants this download any more."""


class Item:
    """One location."""

    def __init__(self, uri: str, folder: bool) -> None:
        self.uri = uri
        self.folder = folder
        self.wanted = 0
        self.state = WAITING
        self.begun = False
        self.error: BaseException | None = None
        self.reserved = 0
        self.path = ""
        self.lock = threading.Lock()

    def fetch(self, folder: str, progress: Progress) -> None:
        """Download it into a folder of its own."""
        self.path = os.path.join(folder, os.path.basename(self.uri.rstrip("/")) or "root")
        transfer.download(self.uri, self.path, folder=self.folder, progress=progress)

    def hand_over(self, path: str, *, move: bool) -> None:
        """Have it at `path`. Raises OSError."""
        if move:
            try:
                self._move(path)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
            else:
                return
        (copy.copy_folder if self.folder else copy.copy_file)(self.path, path)

    def _move(self, path: str) -> None:
        if self.folder:
            path = path.rstrip("/") or "/"
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            copy.move_folder(self.path, path)
        else:
            path = copy.within(path, self.path)
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            os.replace(self.path, path)


class Reporting(Progress):
    """Asks for room when the size is known, and gives up when nobody waits."""

    __slots__ = ("_item", "_prefetch")

    def __init__(self, prefetch: Prefetch, item: Item) -> None:
        super().__init__(item.uri)
        self._prefetch = prefetch
        self._item = item

    def expect(self, total: int | None) -> None:
        """Reserve."""
        super().expect(total)
        self._prefetch.reserve(self._item, total or 0)

    def add(self, count: int) -> None:
        """Go on, or not."""
        self._prefetch.go_on()
        super().add(count)
