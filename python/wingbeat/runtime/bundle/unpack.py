"""Puts the members of an archive into a folder: nowhere else, and every file whole at all times.

A file gets a temporary name and is renamed, so that processes that unpack the same bundle into one folder at once, or
import from it meanwhile, never see half of one. Names and links are held to the folder by their form:

* no member is called by an absolute name, or by one with `..`;
* a link climbs with leading `..` only, and no higher than the folder; after the first other part there is no `..`.

So each link, followed from where it really lies, ends in the folder; whatever part of its way is a link again does too.
A link that was there before the bundle came is the image's own, and followed.
"""

from __future__ import annotations

import os
import stat
import time

from wingbeat.runtime.bundle import tar
from wingbeat.runtime.bundle.errors import BundleError
from wingbeat.runtime.bundle.limits import Limits
from wingbeat.runtime.bundle.stream import Stream

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def unpack(archive: str, folder: str) -> None:
    """Put what is in a tar archive, packed with gzip or not, into a folder that exists.

    Files that are there are replaced, others stay. Modes and times are kept as `tar` keeps them, without set-user-ID
    and the like; the owner is who unpacks.

    Raises:
        BundleError: the archive is damaged, too large, or holds what does not belong into the folder. Members before
            that one have been unpacked.
        OSError: the archive cannot be read, or the folder not be written.
    """
    limits = Limits()
    with open(archive, "rb", buffering=0) as file:
        stream = Stream(file, limits)
        target = Target(folder)
        for member in tar.members(stream, limits):
            try:
                target.add(member, stream.pieces(member.size))
            except (OSError, ValueError, OverflowError) as error:  # the last two: a name or a time the system knows not
                reason = getattr(error, "strerror", None) or error
                raise BundleError(f"{member.name!r} cannot be unpacked: {type(error).__name__}: {reason}") from error
        target.finish()


class Target:
    """A folder that an archive is unpacked into."""

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root)
        self._folders: dict[tuple[str, ...], str] = {(): self._root}  # parts of a name -> where that really is
        self._times: dict[str, tuple[int, int]] = {}  # folder -> mode and time, which its content would change
        self._temporary = f".bundle-{os.urandom(8).hex()}"
        self._count = 0
        self._exact = os.geteuid() == 0  # as tar: root gets the modes in the archive, others less their umask

    def add(self, member: tar.Member, pieces: Iterable[bytes]) -> None:
        """Make a member; `pieces` is its content."""
        parts = parts_of(member.name)
        if not parts and member.kind == tar.FOLDER:
            return  # the folder itself: as it is
        if not parts:
            raise BundleError(f"{member.name!r} is no name for a {member.kind}")
        parent = self.folder(parts[:-1])
        path = os.path.join(parent, parts[-1])
        mode = member.mode & 0o777
        if member.kind == tar.FOLDER:
            if self._folders.get(parts) != path:
                self.forget(parts)  # a link may have been there
            make_folder(path)
            self._folders[parts] = path
            self._times[path] = (mode | stat.S_IRWXU, member.time)  # what comes next must be able to get in
        elif member.kind == tar.FILE:
            self.write(path, pieces, mode, member.time)
        elif member.kind == tar.LINK:
            self.link(path, member.target, parent, member.time)
        else:
            self.link_hard(path, member)
        if member.kind != tar.FOLDER:
            self.forget(parts)

    def finish(self) -> None:
        """Modes and times of folders, now that nothing is added to them any more."""
        for path, (mode, when) in self._times.items():
            allowed = mode if self._exact else mode & (os.stat(path).st_mode | stat.S_IRWXU)
            try:
                os.chmod(path, allowed)
                os.utime(path, ns=(time.time_ns(), when))
            except PermissionError:
                continue  # a folder of the image, whose owner is another

    def folder(self, parts: tuple[str, ...]) -> str:
        """Where a folder really is; it is made if nothing is there."""
        path = self._folders.get(parts)
        if path is None:
            path = os.path.join(self.folder(parts[:-1]), parts[-1])
            if os.path.isdir(path):
                path = os.path.realpath(path)
            else:
                make_folder(path)
            self._folders[parts] = path
        return path

    def forget(self, parts: tuple[str, ...]) -> None:
        """Something has taken the place of what may have led to a folder."""
        if parts in self._folders:
            self._folders = {one: path for one, path in self._folders.items() if one[: len(parts)] != parts}

    def write(self, path: str, pieces: Iterable[bytes], mode: int, when: int) -> None:
        """Make a file with this content."""
        temporary = self.beside(path)
        try:
            descriptor = os.open(temporary, _CREATE, mode)
            try:
                for piece in pieces:
                    rest = memoryview(piece)
                    while rest:
                        rest = rest[os.write(descriptor, rest) :]
                if self._exact:
                    os.fchmod(descriptor, mode)
                os.utime(descriptor, ns=(time.time_ns(), when))
            finally:
                os.close(descriptor)
            replace(temporary, path)
        except BaseException:
            remove(temporary)
            raise

    def link(self, path: str, target: str, parent: str, when: int) -> None:
        """Make a symbolic link, if it stays in the folder."""
        if not self.holds(target, parent):
            raise BundleError(
                f"{os.path.relpath(path, self._root)!r} is a link to {target!r}, which may leave the bundle's folder. "
                "Register with --deref-symlinks, or leave it out"
            )
        temporary = self.beside(path)
        os.symlink(target, temporary)
        try:
            os.utime(temporary, ns=(time.time_ns(), when), follow_symlinks=False)
            replace(temporary, path)
        except BaseException:
            remove(temporary)
            raise

    def holds(self, target: str, parent: str) -> bool:
        """Whether a link that lies in `parent` stays in the folder."""
        parts = [part for part in target.split("/") if part not in ("", ".")]
        climbs = 0
        while parts[climbs : climbs + 1] == [".."]:
            climbs += 1
        if not target or target[0] == "/" or ".." in parts[climbs:]:
            return False
        within = f"{parent}/".startswith(f"{self._root.rstrip('/')}/")
        depth = len([part for part in parent[len(self._root) :].split("/") if part]) if within else 0
        return climbs <= depth

    def link_hard(self, path: str, member: tar.Member) -> None:
        """Make one more name for a file of the folder."""
        parts = parts_of(member.target)
        source = os.path.join(self.folder(parts[:-1]), parts[-1]) if parts else self._root
        # A hard link to a symbolic one would be the same link at another place, and lead somewhere else.
        if not stat.S_ISREG(os.lstat(source).st_mode):
            raise BundleError(f"{member.name!r} is a hard link to {member.target!r}, which is not a file")
        temporary = self.beside(path)
        os.link(source, temporary)
        try:
            replace(temporary, path)
        finally:
            remove(temporary)  # a rename from one name of a file to another does nothing at all

    def beside(self, path: str) -> str:
        """A new name in the same folder. Short, whatever the last name is."""
        self._count += 1
        return os.path.join(os.path.dirname(path), f"{self._temporary}-{self._count}")


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a member's name; `.` and slashes that say nothing are left out.

    Raises:
        BundleError: it is absolute, climbs, or cannot be a name. A lone `/`, with which old archives begin, is none.
    """
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if (name[:1] == "/" and parts) or ".." in parts or "\0" in name:
        raise BundleError(f"{name!r} is no name within the bundle's folder. Pack it with relative names, without '..'")
    return parts


def make_folder(path: str) -> None:
    """Have a folder at `path`; a file or a link there gives way, as to `tar`."""
    while True:
        try:
            os.mkdir(path)
        except FileExistsError:
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                remove(path)
                continue
        return


def replace(temporary: str, path: str) -> None:
    """Rename, also over an empty folder, as `tar` does."""
    try:
        os.replace(temporary, path)
    except IsADirectoryError:
        os.rmdir(path)
        os.replace(temporary, path)


def remove(path: str) -> None:
    """Delete a file that may be gone."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
