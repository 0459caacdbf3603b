"""Modules that are compiled at every start, because their bytecode is not kept."""

from __future__ import annotations

import os
import sys
import sysconfig
from importlib.util import MAGIC_NUMBER, cache_from_source

from wingbeat.installation.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Folders that no task imports from: tests, and parts of the standard library that are programs.
_ASIDE = {"__pycache__", "test", "tests", "testing", "idlelib", "lib2to3", "site-packages", "dist-packages"}
#: Installers leave out what does not compile, such as templates: so many modules in a hundred may lack bytecode.
_TOLERATED = 5


def find() -> Iterator[Finding]:
    """Look at the standard library and at each folder of installed packages."""
    for folder in folders():
        modules = [path for path in sources(folder) if os.path.basename(path)[:-3].isidentifier()]
        lacking = [path for path in modules if not is_compiled(path)]
        if len(lacking) * 100 <= len(modules) * _TOLERATED:
            yield Finding("bytecode", "ok", f"the modules below {folder} have their bytecode")
        else:
            yield lack(f"{len(lacking):,} of {len(modules):,} modules below {folder}", [folder])
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        what = (
            "PYTHONDONTWRITEBYTECODE is set: what has no bytecode, a bundle's modules too, is compiled at every start"
        )
        yield Finding("bytecode", "note", what, "unset PYTHONDONTWRITEBYTECODE")


def find_loaded(paths: Iterable[str]) -> Iterator[Finding]:
    """Say of modules that the user's code has loaded which of them have no bytecode; those of `find` are left out."""
    known = tuple(f"{folder}{os.sep}" for folder in folders())
    lacking = [path for path in paths if path.endswith(".py") and not path.startswith(known) and not is_compiled(path)]
    if lacking:
        own = sorted({os.path.dirname(path) for path in lacking})
        roots = [folder for folder in own if os.path.dirname(folder) not in own]
        some = ", ".join(os.path.basename(path) for path in lacking[:3])
        more = f" and {len(lacking) - 3} more" if len(lacking) > 3 else ""
        yield lack(f"modules of yours ({some}{more})", roots)


def lack(what: str, roots: list[str]) -> Finding:
    """The finding that some modules below folders have no bytecode."""
    writable = all(os.access(root, os.W_OK) for root in roots)
    why = "each new container compiles them" if writable else "this user may not write it, so every start compiles them"
    command = f"{sys.executable} -m compileall -q {' '.join(roots)}"
    where = "in the Dockerfile" if writable else "as the owner, in the Dockerfile before USER"
    return Finding("bytecode", "problem", f"{what} have no bytecode: {why}", f"{command} ({where})")


def folders() -> list[str]:
    """The standard library, and the folders of installed packages that are searched."""
    standard = sysconfig.get_path("stdlib")
    found = [standard]
    for entry in sys.path:
        folder = os.path.abspath(entry or os.curdir)
        if os.path.basename(folder) in ("site-packages", "dist-packages") and os.path.isdir(folder):
            found.append(folder)
    return list(dict.fromkeys(found))


def sources(folder: str) -> Iterator[str]:
    """The modules below a folder."""
    for parent, names, files in os.walk(folder):
        names[:] = [name for name in names if name not in _ASIDE]
        for file in files:
            if file.endswith(".py"):
                yield os.path.join(parent, file)


def is_compiled(path: str) -> bool:
    """Whether Python will take a module's bytecode: it is there, for this Python, and not older than the source."""
    try:
        with open(cache_from_source(path), "rb") as file:
            head = file.read(16)
        source = os.stat(path)
    except OSError:
        return False
    if head[:4] != MAGIC_NUMBER or len(head) < 16:
        return False
    if head[4] & 1:  # by hash: the source is not looked at, or compared
        return True
    size = (source.st_size & 0xFFFFFFFF).to_bytes(4, "little")
    return head[8:] == (int(source.st_mtime) & 0xFFFFFFFF).to_bytes(4, "little") + size
