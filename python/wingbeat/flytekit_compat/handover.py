"""The program of the process in which flytekit takes over: `handover.py FUNCTION PATH PROGRAM ARGUMENTS…`.

PATH is what `sys.path` begins with, as for flytekit's own script; PROGRAM and ARGUMENTS are `sys.argv`. A script, so
that the processes which `multiprocessing` spawns for a task find it harmless.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run flytekit's command, which ends the process."""
    function, path, *sys.argv = sys.argv[1:]
    if not getattr(sys.flags, "safe_path", False) and not sys.flags.isolated:
        sys.path[0] = path  # the folder of this file otherwise
    from flytekit.bin import entrypoint

    from wingbeat.flytekit_compat.acceleration import accelerate

    accelerate()
    getattr(entrypoint, function)()


if __name__ == "__main__":  # not so in the processes that `multiprocessing` starts for a task
    main()
