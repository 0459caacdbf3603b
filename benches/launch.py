"""Start commands in turns: `python -I -S launch.py ROUNDS command… --- command…`.

Prints `index seconds peak_kib` for every run. A program of its own because it must be small: on Linux the peak memory
that `wait4` reports of a child is at least that of the process that started it.
"""

import mmap
import os
import sys
import time

#: Bytes that are touched before each run: more than most runs, and what the file system keeps of them, need.
WARM = 256 << 20


def warm_memory() -> None:
    """Touch memory and free it, for the next run to get.

    A virtual machine may give free memory back to its host. To get a page of it again takes many times as long as to
    get one that was just freed; without this, a run would pay for what happened to be freed long before it.
    """
    child = os.fork()  # the memory of this process would count as that of the run
    if child == 0:
        try:
            mmap.mmap(-1, WARM, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def run(command: list[str]) -> tuple[float, int]:
    """Wall seconds and peak resident KiB of one process."""
    warm_memory()
    silence = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=silence)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss


def main() -> None:
    """Run all commands as often as asked, forwards and backwards."""
    commands: list[list[str]] = [[]]
    for word in sys.argv[2:]:
        if word == "---":
            commands.append([])
        else:
            commands[-1].append(word)
    order = list(range(len(commands)))
    for _ in range(int(sys.argv[1])):
        for index in order:
            seconds, peak = run(commands[index])
            print(index, seconds, peak)
        order.reverse()


if __name__ == "__main__":
    main()
