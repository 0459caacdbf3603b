"""Start commands in turns: `python -I -S launch.py ROUNDS command… --- command…`.

Prints `index seconds peak_kib` for every run. A program of its own because it must be small: on Linux the peak memory
that `wait4` reports of a child is at least that of the process that started it.
"""

import os
import sys
import time


def run(command: list[str]) -> tuple[float, int]:
    """Wall seconds and peak resident KiB of one process."""
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
