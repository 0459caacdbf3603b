"""Where the commands of this environment are."""

from __future__ import annotations

import os
import site
import sys
import sysconfig


def scripts_folder() -> str:
    """The folder of wingbeat's own commands.

    As its installer has recorded it: distributions of Linux, `--user` and others put commands elsewhere than the
    interpreter says. If it is not installed in this environment (a path leads to it), as the interpreter says.
    """
    from importlib.metadata import PackageNotFoundError, files

    try:
        recorded = files("wingbeat") or []
    except PackageNotFoundError:
        recorded = []
    for file in recorded:
        path = os.path.abspath(str(file.locate()))
        if file.name == "wingbeat-execute" and os.path.isfile(path) and is_of_this_environment(path):
            return os.path.dirname(path)
    return sysconfig.get_path("scripts")


def is_of_this_environment(path: str) -> bool:
    """Whether a path is below the environment's own folder, or the user's where that is in use."""
    folders = [sys.prefix, *([site.getuserbase()] if site.ENABLE_USER_SITE else [])]
    return any(os.path.commonpath([folder, path]) == folder for folder in map(os.path.abspath, folders))


def installed_for_one_user() -> bool:
    """Whether wingbeat is where only this user's interpreter looks for it."""
    import wingbeat

    base = os.path.realpath(site.getuserbase())
    file = os.path.realpath(wingbeat.__file__ or "")
    return bool(site.ENABLE_USER_SITE) and os.path.commonpath([base, file]) == base != os.path.realpath(sys.prefix)


def version(package: str) -> str | None:
    """The version of an installed package, or None."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None
