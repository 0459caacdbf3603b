"""What an element changes in its process is as it was when the next one begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.literals import collection, integer
from tests.many.command import prepare, run_many
from tests.runtime.peer import literal_map

SOURCE = '''
import fcntl, logging, os, random, signal, sys, time
from wingbeat import current_context, task

{head}
logging.getLogger("quiet").setLevel(logging.ERROR)


def state() -> list[str]:
    """What an element finds."""
    here = current_context()
    seen = [
        os.getcwd(), sorted(os.environ.items()), oct(os.umask(0o022)), signal.getsignal(signal.SIGUSR2),
        signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), signal.getitimer(signal.ITIMER_REAL),
        sys.stdout.closed, sys.stderr.closed, [fcntl.fcntl(number, fcntl.F_GETFD) for number in range(3)],
        os.fstat(2)[:2], logging.root.level, logging.root.disabled, logging.getLogger("quiet").level,
        logging.getLogger("quiet").propagate, logging.getLogger("made").level, len(here.decks),
    ]
    os.umask(int(seen[2], 8))
    return [repr(one).replace(f"'FLYTE_K8S_ARRAY_INDEX', '{{here.map_index}}'", "INDEX") for one in seen]


@task
def changes(a: int) -> list[str]:
    from wingbeat.runtime.context_manager import FlyteContextManager

    found = state()
    os.mkdir(f"sub{{a}}")
    os.chdir(f"sub{{a}}")
    if a == 1:
        os.rmdir(os.getcwd())
    os.environ["NEW"] = str(a)
    os.environ.pop("OLD", None)
    os.environ["KEPT"] = "changed"
    os.umask(0o077)
    signal.signal(signal.SIGUSR2, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    logging.root.setLevel(logging.CRITICAL)
    logging.getLogger("quiet").setLevel(logging.DEBUG)
    logging.getLogger("quiet").propagate = False
    FlyteContextManager.push_context(FlyteContextManager.current_context())
    if a == 2:
        sys.stdout.close()
        sys.stderr.close()
    if a == 3:
        os.close(0)
        os.close(2)
    if a == 4:
        sys.stdout = None
    if a == 5:
        time.sleep(0.001)
    return found


@task
def draws(a: int) -> list[str]:
    numbers = [str(random.random())]
    if "numpy" in sys.modules:
        numbers.append(str(sys.modules["numpy"].random.random()))
    if a == 2:
        random.seed(0)
    if a == 2 and "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    return numbers
'''

INPUTS = literal_map(a=collection(*(integer(number) for number in range(7))))


def values(folder: Path, task: str, *more: str, head: str = "", env: dict[str, str] | None = None) -> list[list[str]]:
    from wingbeat import InterfaceCodec

    prepare(folder, SOURCE.format(head=head), INPUTS)
    done = run_many(folder, task, ":", *more, env=env)
    assert done.status == 0, done.stderr
    codec = InterfaceCodec({"o0": list[str]})
    return [codec.decode((folder / f"out/{index}/outputs.pb").read_bytes())["o0"] for index in range(7)]


def test_every_element_finds_the_same(tmp_path: Path) -> None:
    found = values(tmp_path, "changes", env={"OLD": "1", "KEPT": "1"})
    first = found[0]
    assert "('OLD', '1')" in first[1]
    assert "('KEPT', '1')" in first[1]
    for index, one in enumerate(found):
        assert one == first, index


def columns(found: list[list[str]]) -> list[set[str]]:
    return [set(column) for column in zip(*found, strict=True)]


@pytest.mark.parametrize("way", [(), ("--jobs", "2"), ("--isolate",)])
def test_elements_draw_numbers_of_their_own(way: tuple[str, ...], tmp_path: Path) -> None:
    found = columns(values(tmp_path, "draws", *way, head="import numpy; numpy.random.random(5); random.random()"))
    assert [len(column) for column in found] == [7, 7]


def test_elements_of_a_module_that_seeds_draw_what_a_process_of_their_own_would(tmp_path: Path) -> None:
    head = "import numpy; numpy.random.seed(1); random.seed(1)"
    found = columns(values(tmp_path, "draws", "--jobs", "2", head=head))
    assert found == [{"0.13436424411240122"}, {"0.417022004702574"}]


def test_many_numbers_drawn_by_a_module_are_no_seed(tmp_path: Path) -> None:
    found = columns(values(tmp_path, "draws", head="[random.random() for _ in range(10_000)]"))
    assert [len(column) for column in found] == [7]


LOADING = '''
import importlib.util, sys, threading, time
from wingbeat import task


class Slow:
    """Finds a module that takes as long to load as on a busy machine."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "{module}":
            return None
        sys.meta_path.remove(Slow)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module

        def slowly(module):
            time.sleep(0.3)
            load(module)

        spec.loader.exec_module = slowly
        return spec


@task
def begins(a: int) -> bool:
    if "{module}" in sys.modules:
        return False
    sys.meta_path.insert(0, Slow)
    threading.Thread(target=__import__, args=("{module}",)).start()
    while "{module}" not in sys.modules:
        time.sleep(0.001)
    return True
'''


@pytest.mark.parametrize("module", ["logging", "numpy.random"])
def test_an_element_may_leave_a_thread_that_is_loading_a_module(module: str, tmp_path: Path) -> None:
    from wingbeat import InterfaceCodec

    prepare(tmp_path, LOADING.format(module=module), literal_map(a=collection(integer(0), integer(1))))
    done = run_many(tmp_path, "begins", ":", "--max-failures", "0")
    assert done.status == 0, done.stderr
    assert "Traceback" not in done.stderr
    codec = InterfaceCodec({"o0": bool})
    found = [codec.decode((tmp_path / f"out/{index}/outputs.pb").read_bytes())["o0"] for index in range(2)]
    assert found == [True, False]
