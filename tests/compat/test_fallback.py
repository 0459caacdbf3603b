"""flytekit takes over what wingbeat does not cover: once, from the start, and as if it had been called itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flyteidl.core import dynamic_job_pb2

from tests.compat.both import Both
from tests.literals import collection, integer
from tests.runtime.archives import bundle
from tests.runtime.peer import literal_map
from tests.runtime.process import RESOLVER, Result, io_arguments, run, start, task_arguments

SOURCE = Path(__file__).with_name("user_fallback.txt").read_text("utf-8")
MAP_RESOLVER = "flytekit.core.array_node_map_task.ArrayNodeMapTaskResolver"
FIRST_OF_PID_NAMESPACE = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child"]
USE = "    return FlyteRemote.for_sandbox\n"
LINE = SOURCE[: SOURCE.index(USE)].count("\n") + 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.joinpath("user_code.py").write_text(SOURCE, "utf-8")
    tmp_path.joinpath("inputs.pb").write_bytes(literal_map(a=integer(1)))
    return tmp_path


def arguments(name: str) -> list[str]:
    return [*io_arguments(), *task_arguments("user_code", name)]


def map_arguments(name: str) -> list[str]:
    words = task_arguments("user_code", name)
    return [*io_arguments(), "--resolver", MAP_RESOLVER, "--", "vars", "", "resolver", RESOLVER, *words[3:]]


def facts(folder: Path) -> list[dict[str, Any]]:
    """What the module saw, each time that it was imported since the last call."""
    path = folder / "facts.jsonl"
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    path.unlink()
    return found


def output(result: Result) -> int:
    assert result.outputs is not None, result.stderr
    return result.outputs.literals["o0"].scalar.primitive.integer


def announcements(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if line.endswith(": flytekit takes over, from the start")]


def test_a_task_that_uses_nothing_uncovered_stays(both: Both, folder: Path) -> None:
    result = both.wingbeat(folder, arguments("covered"))
    assert (output(result), len(facts(folder)), announcements(result)) == (2, 1, [])


USES = {"used": 11, "swallowed": 21, "swallowed_wholly": 31, "in_a_thread": 41, "leaves": 51}


@pytest.mark.parametrize("name", USES)
def test_flytekit_takes_over(name: str, both: Both, folder: Path) -> None:
    result = both.wingbeat(folder, arguments(name))
    assert (result.status, result.files, output(result)) == (0, {"outputs.pb"}, USES[name])
    said = f"flytekit.remote.FlyteRemote.for_sandbox, used at {folder}/user_code.py:{LINE}, is not covered by wingbeat"
    assert len(announcements(result)) == 1
    assert said in announcements(result)[0]
    seen = facts(folder)
    assert len(seen) == 2
    assert seen[0]["process"] == seen[1]["process"]
    assert seen[1]["prefix"] is None  # nothing had been written


def test_at_import(both: Both, folder: Path) -> None:
    folder.joinpath("user_code.py").write_text(f"{SOURCE}\n\nREMOTE = remote()\n", "utf-8")
    result = both.wingbeat(folder, arguments("covered"))
    assert (result.status, output(result), len(announcements(result))) == (0, 2, 1)


def test_a_failure_is_the_one_that_flytekit_reports(both: Both, folder: Path) -> None:
    ours = both.wingbeat(folder, arguments("fails"), {"FLYTE_FAIL_ON_ERROR": "1"})
    theirs = both.flytekit(folder, arguments("fails"), {"FLYTE_FAIL_ON_ERROR": "1"})
    assert (ours.status, ours.files) == (theirs.status, theirs.files) == (1, {"error.pb"})
    assert ours.error is not None
    assert theirs.error is not None
    assert ours.message == theirs.message
    assert (ours.error.code, ours.error.kind, ours.error.origin) == (
        theirs.error.code,
        theirs.error.kind,
        theirs.error.origin,
    )


def same_surroundings(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    for one in (ours, theirs):
        one.pop("process")
        one["environment"].pop("_", None)
    assert ours == theirs


def test_user_code_sees_what_it_would_have_seen(both: Both, folder: Path) -> None:
    """Also where it has changed that before."""
    ours = both.wingbeat(folder, arguments("changes"), {"PYTHONPATH": "/one"})
    assert ours.status == 0, ours.stderr
    _, seen = facts(folder)
    both.flytekit(folder, arguments("changes"), {"PYTHONPATH": "/one"})
    same_surroundings(seen, facts(folder)[0])


@pytest.mark.parametrize("options", [["-B", "-X", "utf8", "-W", "ignore::ImportWarning"], ["-P", "-Bs", "-Wignore"]])
def test_options_of_the_interpreter_stay(options: list[str], both: Both, folder: Path) -> None:
    result = both.run(folder, [str(both.interpreter), *options, both.command("wingbeat-execute"), *arguments("used")])
    assert output(result) == 11
    _, seen = facts(folder)
    both.run(folder, [str(both.interpreter), *options, both.command("pyflyte-execute"), *arguments("used")])
    same_surroundings(seen, facts(folder)[0])


@pytest.mark.parametrize("words", [["-m", "wingbeat", "execute"], ["{wingbeat}", "execute"]])
def test_other_ways_to_be_started(words: list[str], both: Both, folder: Path) -> None:
    script = both.bin / "wingbeat"
    script.write_text("import sys\n\nfrom wingbeat.cli.main import main\n\nsys.exit(main())\n", "utf-8")
    command = [str(both.interpreter), *(word.format(wingbeat=script) for word in words)]
    result = both.run(folder, [*command, *arguments("used")])
    assert output(result) == 11
    first, second = facts(folder)
    assert first["path"] == second["path"]
    assert second["arguments"][1:] == arguments("used")
    assert second["arguments"][0].endswith("/pyflyte-execute")


def test_under_the_name_of_flytekits_script(both: Both, folder: Path, tmp_path: Path) -> None:
    """Where wingbeat's commands have been put in the place of flytekit's."""
    put = tmp_path / "enabled"
    put.mkdir()
    shutil.copy(both.command("wingbeat-execute"), put / "pyflyte-execute")
    result = both.run(folder, [str(put / "pyflyte-execute"), *arguments("used")])
    assert output(result) == 11
    assert facts(folder)[1]["arguments"][0] == str(put / "pyflyte-execute")


def test_the_older_spelling_of_the_tail(both: Both, folder: Path) -> None:
    result = both.wingbeat(folder, [*io_arguments(), "--task-module", "user_code", "--task-name=used"])
    assert output(result) == 11


def test_temporary_folders_are_removed(both: Both, folder: Path) -> None:
    both.wingbeat(folder, arguments("with_folders"))
    ours, theirs = folder.joinpath("folders.txt").read_text("utf-8").splitlines()
    assert not os.path.exists(ours)
    assert os.path.exists(theirs)  # as flytekit leaves it


def test_an_element_of_a_map_task(both: Both, folder: Path) -> None:
    folder.joinpath("inputs.pb").write_bytes(literal_map(a=collection(integer(1), integer(2))))
    index = {"BATCH_JOB_ARRAY_INDEX_VAR_NAME": "INDEX", "INDEX": "1"}
    result = both.wingbeat(folder, map_arguments("used"), index, "map-execute")
    assert (result.status, output(result), result.stdout) == (0, 12, "")
    assert len(announcements(result)) == 1


def test_a_bundle_is_unpacked_once(both: Both, folder: Path) -> None:
    folder.joinpath("user_code.py").unlink()
    code = f"{SOURCE}\nif os.path.exists('fast1.tar.gz'):\n    os.remove('fast1.tar.gz')\n"
    folder.joinpath("fast1.tar.gz").write_bytes(bundle(user_code=code))
    command = ["--additional-distribution", "fast1.tar.gz", "--dest-dir", "code", "--", "pyflyte-execute"]
    folder.joinpath("code").mkdir()
    result = both.wingbeat(folder, [*command, *arguments("used")], program="fast-execute")
    assert (result.status, output(result), len(announcements(result))) == (0, 11, 1)
    assert not folder.joinpath("fast1.tar.gz").exists()
    _, seen = facts(folder)
    folder.joinpath("fast1.tar.gz").write_bytes(bundle(user_code=code))
    shutil.rmtree(folder / "code")
    folder.joinpath("code").mkdir()
    both.flytekit(folder, [*command, *arguments("used")], program="fast-execute")
    same_surroundings(seen, facts(folder)[-1])


def test_as_the_first_process_of_a_container(both: Both, folder: Path) -> None:
    if subprocess.run([*FIRST_OF_PID_NAMESPACE, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody make a PID namespace")
    command = [*FIRST_OF_PID_NAMESPACE, both.command("wingbeat-execute")]
    result = both.run(folder, [*command, *arguments("used")])
    assert (result.status, output(result)) == (0, 11)


DYNAMIC = """
from flytekit import dynamic, task


@task(container_image="registry/image:v1")
def add(a: int) -> int:
    return a + 1


@dynamic
def graph(a: int) -> int:
    return add(a=add(a=a))


@dynamic
def no_graph(a: int) -> int:
    return a + 60
"""


def test_flytekit_makes_the_graphs_of_dynamic_tasks(both: Both, folder: Path) -> None:
    """Runtime contract 12.2, row 10."""
    folder.joinpath("user_code.py").write_text(DYNAMIC, "utf-8")
    result = both.wingbeat(folder, arguments("graph"))
    assert (result.status, result.files, len(announcements(result))) == (0, {"futures.pb"}, 1)
    document = folder.joinpath("out", "futures.pb").read_bytes()
    job = dynamic_job_pb2.DynamicJobSpec.FromString(document)
    assert [node.id for node in job.nodes] == ["dn0", "dn1"]
    both.flytekit(folder, arguments("graph"))
    assert folder.joinpath("out", "futures.pb").read_bytes() == document


def test_a_dynamic_task_without_a_graph(both: Both, folder: Path) -> None:
    folder.joinpath("user_code.py").write_text(DYNAMIC, "utf-8")
    result = both.wingbeat(folder, arguments("no_graph"))
    assert (result.status, result.files, output(result)) == (0, {"outputs.pb"}, 61)


EAGER = """
from flytekit import eager, task


@task
def add(a: int) -> int:
    return a + 1


@eager
async def both(a: int) -> int:
    return a
"""


def test_eager_tasks_are_left_to_flytekit(both: Both, folder: Path) -> None:
    """Whether it can run one depends on a cluster; without one it says what it always says."""
    folder.joinpath("user_code.py").write_text(EAGER, "utf-8")
    ours = both.wingbeat(folder, arguments("both"))
    theirs = both.flytekit(folder, arguments("both"))
    assert len(announcements(ours)) == 1
    assert (ours.status, ours.files) == (theirs.status, theirs.files)


PLUGIN = """
from flytekit.core.type_engine import SimpleTransformer, TypeEngine
from flytekit.models.literals import Literal, Primitive, Scalar
from flytekit.models.types import LiteralType, SimpleType

from shapes import Square, Table

for cls in (Square, Table):
    TypeEngine.register(
        SimpleTransformer(
            cls.__name__,
            cls,
            LiteralType(simple=SimpleType.INTEGER),
            lambda v: Literal(scalar=Scalar(primitive=Primitive(integer=v.side))),
            lambda lv: Square(lv.scalar.primitive.integer),
        )
    )
"""
SHAPES = """
import pandas


class Square:
    def __init__(self, side):
        self.side = side


class Table(pandas.DataFrame):
    side = 1
"""
SQUARE = """
from shapes import Square, Table

from flytekit import task


@task
def square(a: int) -> Square:
    return Square(a)


@task
def table(a: int) -> Table:
    return Table({"a": [a]})
"""


@pytest.mark.parametrize("name", ["square", "table"])
def test_a_type_that_a_plugin_may_know(name: str, both: Both, folder: Path) -> None:
    """Without a plugin, it is wingbeat's affair: one is pickled, the other is no class of tables that is registered."""
    site = folder / "site"
    site.joinpath("fakeplugin-1.0.dist-info").mkdir(parents=True)
    site.joinpath("fakeplugin.py").write_text(PLUGIN, "utf-8")
    site.joinpath("shapes.py").write_text(SHAPES, "utf-8")
    points = site / "fakeplugin-1.0.dist-info" / "entry_points.txt"
    points.with_name("METADATA").write_text("Metadata-Version: 2.1\nName: fakeplugin\n", "utf-8")
    points.with_name("RECORD").write_text("fakeplugin.py,,\n", "utf-8")
    folder.joinpath("user_code.py").write_text(SQUARE, "utf-8")
    points.write_text("[console_scripts]\nx = y:z\n", "utf-8")
    own = both.wingbeat(folder, arguments(name), {"PYTHONPATH": str(site)})
    assert announcements(own) == []
    assert own.files == {"outputs.pb" if name == "square" else "error.pb"}
    points.write_text("[flytekit.plugins]\nfake = fakeplugin\n", "utf-8")
    theirs = both.wingbeat(folder, arguments(name), {"PYTHONPATH": str(site)})
    assert f"the type {name.title()} is not covered by wingbeat" in announcements(theirs)[0]
    assert "the plugin fakeplugin, which only flytekit loads, may convert it" in announcements(theirs)[0]
    assert output(theirs) == 1


def test_what_flytekit_has_pickled(both: Both, folder: Path) -> None:
    pack = "import base64, cloudpickle\nfrom user_code import covered\n"
    pack += "print(base64.b64encode(cloudpickle.dumps(covered)).decode())"
    packed = subprocess.run([both.interpreter, "-c", pack], cwd=folder, capture_output=True, text=True, check=True)
    resolver = "flytekit.extras.cloud_pickle_resolver.experimental_cloud_pickle_resolver"
    result = both.wingbeat(folder, [*io_arguments(), "--resolver", resolver, "--", packed.stdout.strip()])
    assert (output(result), len(announcements(result))) == (2, 1)


def test_mode_flytekit_hands_over_at_once(both: Both, folder: Path) -> None:
    folder.joinpath("sitecustomize.py").write_text("", "utf-8")
    ours = both.wingbeat(folder, arguments("covered"), {"WINGBEAT_FLYTEKIT": "flytekit"})
    seen = facts(folder)
    theirs = both.flytekit(folder, arguments("covered"), {"WINGBEAT_FLYTEKIT": "flytekit"})
    assert (ours.status, ours.stdout, output(ours)) == (theirs.status, theirs.stdout, output(theirs))
    same_surroundings(seen[0], facts(folder)[0])
    assert len(seen) == 1


@pytest.mark.parametrize("name", ["used", "swallowed_wholly"])
def test_mode_wingbeat_makes_an_error_of_it(name: str, both: Both, folder: Path) -> None:
    result = both.wingbeat(folder, arguments(name), {"WINGBEAT_FLYTEKIT": "wingbeat"})
    refused(result, f"({folder}/user_code.py:{LINE}); WINGBEAT_FLYTEKIT=wingbeat forbids that flytekit takes over")
    assert len(facts(folder)) == 1


def refused(result: Result, said: str) -> None:
    assert (result.status, result.files) == (0, {"error.pb"})
    assert result.error is not None
    assert (result.error.code, result.error.kind, result.error.origin) == ("USER:NotCovered", 0, 1)
    assert result.message.startswith("    FlytekitNeededError: ")
    assert said in result.message


def test_another_mode_is_an_error(tmp_path: Path) -> None:
    result = run(tmp_path, "", "t", literal_map(), {"WINGBEAT_FLYTEKIT": "both"})
    assert (result.status, result.files) == (1, {"error.pb"})
    assert "WINGBEAT_FLYTEKIT is 'both'; it may be 'auto', 'wingbeat' or 'flytekit'" in result.message


@pytest.mark.parametrize("name", ["used", "swallowed_wholly", "leaves"])
def test_without_flytekit(name: str, folder: Path) -> None:
    result = start(folder, arguments(name))
    refused(result, "flytekit.remote.FlyteRemote.for_sandbox is not covered by wingbeat")
    assert f"({folder}/user_code.py:{LINE})" in result.message
    assert "pip install flytekit" in result.message


def test_without_flytekit_while_the_module_is_imported(folder: Path) -> None:
    folder.joinpath("user_code.py").write_text("import flytekitplugins.papermill\n", "utf-8")
    refused(start(folder, arguments("covered")), "flytekitplugins")


@pytest.mark.parametrize("program", ["execute", "fast-execute"])
def test_mode_flytekit_without_flytekit(program: str, folder: Path) -> None:
    words = arguments("covered")
    if program == "fast-execute":
        words = ["--additional-distribution", "nowhere.tar.gz", "--", "wingbeat-execute", *words]
    result = start(folder, words, {"WINGBEAT_FLYTEKIT": "flytekit"}, program)
    assert (result.status, result.files) == (0, {"error.pb"})
    assert "WINGBEAT_FLYTEKIT=flytekit asks for flytekit; flytekit itself is not installed here" in result.message
    assert not folder.joinpath("facts.jsonl").exists()


def test_a_task_of_wingbeats_own_names_cannot_be_left_to_flytekit(both: Both, folder: Path) -> None:
    source = SOURCE.replace("from flytekit import current_context, task", "from wingbeat import current_context, task")
    folder.joinpath("user_code.py").write_text(source, "utf-8")
    refused(both.wingbeat(folder, arguments("used")), "the task is made with wingbeat's own names")


MANY = ["--elements", "0:"]


def test_a_run_of_many_elements_cannot_be_left_to_flytekit(both: Both, folder: Path) -> None:
    folder.joinpath("inputs.pb").write_bytes(literal_map(a=collection(*map(integer, range(3)))))
    source = SOURCE.replace("    remote()\n    return a + 10", "    if a == 1:\n        remote()\n    return a + 10")
    folder.joinpath("user_code.py").write_text(source, "utf-8")
    result = both.wingbeat(folder, [*MANY, *map_arguments("used")], program="map-execute")
    assert result.status != 0
    assert {"0", "1", "2"} <= result.files
    assert [sorted(os.listdir(folder / "out" / str(n))) for n in range(3)] == [
        ["outputs.pb"],
        ["error.pb"],
        ["outputs.pb"],
    ]
    assert "flytekit cannot take over a run of many elements" in result.stderr


@pytest.mark.parametrize("mode", ["auto", "flytekit"])
def test_nor_one_whose_module_needs_it(mode: str, both: Both, folder: Path) -> None:
    folder.joinpath("inputs.pb").write_bytes(literal_map(a=collection(integer(1))))
    folder.joinpath("user_code.py").write_text(f"{SOURCE}\n\nREMOTE = remote()\n", "utf-8")
    command = [*MANY, *map_arguments("used")]
    result = both.wingbeat(folder, command, {"WINGBEAT_FLYTEKIT": mode}, "map-execute")
    assert (result.status, result.files) == (1, set())
    assert "flytekit cannot take over a run of many elements" in result.stderr


CHILDREN = """
import multiprocessing

from flytekit import task


def look(number):
    import flytekit

    return f"{flytekit.task.__module__} {number}"


@task
def call(a: int) -> str:
    with multiprocessing.get_context("{method}").Pool(1) as pool:
        return pool.apply(look, (a,))
"""


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes_of_a_task_find_the_same(method: str, both: Both, folder: Path) -> None:
    folder.joinpath("user_code.py").write_text(CHILDREN.replace("{method}", method), "utf-8")
    result = both.wingbeat(folder, arguments("call"))
    assert result.outputs is not None, result.stderr
    assert result.outputs.literals["o0"].scalar.primitive.string_value == "wingbeat.authoring.task 1"


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_what_processes_of_a_task_meet_leads_to_flytekit(method: str, both: Both, folder: Path) -> None:
    """A pool neither waits for a worker that is dead, nor is its failure the task's."""
    source = CHILDREN.replace("{method}", method).replace("    import flytekit\n", "    from flytekit import remote\n")
    source = source.replace("flytekit.task.", "remote.FlyteRemote.for_sandbox.")
    folder.joinpath("user_code.py").write_text(source, "utf-8")
    result = both.wingbeat(folder, arguments("call"))
    assert len(announcements(result)) == 1
    assert result.outputs is not None, result.stderr
    assert result.outputs.literals["o0"].scalar.primitive.string_value == "flytekit.remote.remote 1"


def test_phases_say_that_the_task_was_handed_over(both: Both, folder: Path) -> None:
    both.wingbeat(folder, arguments("used"), {"WINGBEAT_PHASES": "phases.jsonl"})
    line = json.loads(folder.joinpath("phases.jsonl").read_text("utf-8"))
    assert line["outcome"] == "handed over"


def test_a_folder_called_flytekit_is_not_flytekit(tmp_path: Path) -> None:
    tmp_path.joinpath("flytekit").mkdir()
    program = "from wingbeat.flytekit_compat import fallback; print(fallback.installed())"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_flytekit_imported_before_the_task(both: Both, folder: Path) -> None:
    folder.joinpath("site").mkdir()
    folder.joinpath("site", "usercustomize.py").write_text("", "utf-8")
    folder.joinpath("site", "sitecustomize.py").write_text("import flytekit\n", "utf-8")
    result = both.wingbeat(folder, arguments("covered"), {"PYTHONPATH": str(folder / "site")})
    assert output(result) == 2
    assert re.search(r"flytekit is not covered by wingbeat \(it was imported before the task\)", result.stderr)


DECK = """
from typing import Annotated

from flytekit import Deck, task
from flytekit.remote import FlyteRemote


class Renderer:
    def to_html(self, value):
        FlyteRemote.for_sandbox
        return "shown"


@task(enable_deck=True)
def shown(a: int) -> Annotated[str, Renderer()]:
    Deck("own", "by hand")
    return "text"
"""


def test_no_deck_leads_to_a_takeover(both: Both, folder: Path) -> None:
    """Outputs have been written by then."""
    folder.joinpath("user_code.py").write_text(DECK, "utf-8")
    result = both.wingbeat(folder, arguments("shown"))
    assert (result.status, result.files, announcements(result)) == (0, {"outputs.pb", "deck.html"}, [])
    assert "FlyteRemote.for_sandbox is not covered by wingbeat" in result.stderr
    assert "by hand" in folder.joinpath("out", "deck.html").read_text("utf-8")


THREADED = """
import threading

from flytekit import task

threading.Thread(target=threading.Event().wait, daemon=True).start()


@task
def double(a: int) -> int:
    return 2 * a
"""


def test_workers_that_load_the_task_themselves_find_the_same(folder: Path) -> None:
    """This process has a thread, so that it is not copied; flytekit is not installed."""
    folder.joinpath("user_code.py").write_text(THREADED, "utf-8")
    folder.joinpath("inputs.pb").write_bytes(literal_map(a=collection(integer(1), integer(2))))
    command = [*MANY, "--jobs", "2", *map_arguments("double")]
    result = start(folder, command, {"FLYTE_SDK_LOGGING_LEVEL": "20"}, "map-execute")
    assert "Workers begin as new processes" in result.stderr
    assert result.status == 0, result.stderr
    assert {"0", "1"} <= set(os.listdir(folder / "out"))
