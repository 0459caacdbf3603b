"""Metrics on the wire, as flytekit sends them (runtime contract 10.2)."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.runtime.peer import Case, Oracle, literal_map, prepare
from tests.runtime.process import Result, start
from wingbeat.runtime.local_stats import LocalStats
from wingbeat.runtime.stats import TaggableStats
from wingbeat.runtime.statsd import Client

IMPORTS = {
    "flytekit": "from flytekit import current_context, task\n\n",
    "wingbeat": "from wingbeat import current_context, task\n",
}
SOURCE = """
import datetime, os


@task
def metrics() -> None:
    stats = current_context().stats
    stats.incr("cnt")
    stats.incr("cnt", 3)
    stats.incr("half", count=0.5)
    stats.decr("cnt", 2)
    stats.timing("took", 12.5)
    stats.timing("took", datetime.timedelta(seconds=1.5))
    stats.gauge("level", 7)
    stats.gauge("level", 7, delta=True)
    stats.gauge("level", -7, delta=True)
    stats.gauge("level", -7)
    stats.set("users", "me")
    stats.incr("never", rate=0)
    stats.incr("always", rate=1)
    stats.incr("tagged", tags={"b": "x|y.z:w", "a": 1, "empty": "", "exec_project": "not mine"})
    stats.incr("tagged", tags={"\\u00fc": "key"})
    stats.incr("tagged", tags={}, per_host=True)
    with stats.timer("timer", tags={"a": "b"}) as timer:
        pass
    assert timer.ms > 0
    for again in (timer.send, stats.timer("unused").stop, stats.timer("unused").send):
        try:
            again()
        except RuntimeError as error:
            stats.incr(str(error))

    @stats.timer("decorated")
    def decorated(a, *, b):
        return a + b

    assert decorated(1, b=2) == 3
    try:
        with stats.timer("failed"):
            raise KeyError
    except KeyError:
        pass
    with stats.pipeline() as pipe:
        for i in range(10):
            pipe.incr("piped" * 5, i)
        pipe.gauge("level", -1)
    pipe = stats.pipeline()
    pipe.incr("sent", 1, 1)
    pipe.send()
    pipe.send()
    stats.incr(stats.full_prefix)
    stats.extend_tags({"more": "tags"})
    stats.incr("tagged")
    stats.clear_tags()
    stats.incr("untagged")
    try:
        stats.incr("\\u00fc")
    except UnicodeEncodeError:
        stats.incr("not-ascii")
    stats.incr("last")


@task
def scoped() -> None:
    stats = current_context().stats.get_stats("scope").get_stats("inner")
    stats.incr("cnt", tags={"a": "b"})
    stats.get_stats("bare", copy_tags=False).incr("cnt")
    stats.incr("last")


@task
def one() -> None:
    current_context().stats.incr("one")
    current_context().stats.incr("last")
"""
ENGINE = {
    "FLYTE_INTERNAL_EXECUTION_ID": "en",
    "FLYTE_INTERNAL_EXECUTION_PROJECT": "ep",
    "FLYTE_INTERNAL_EXECUTION_DOMAIN": "ed",
    "FLYTE_INTERNAL_EXECUTION_WORKFLOW": "p:d:my.wf",
    "FLYTE_INTERNAL_TASK_PROJECT": "TP",
    "FLYTE_INTERNAL_TASK_DOMAIN": "td",
    "FLYTE_INTERNAL_TASK_NAME": "App.wf.Stat",
}


class Listener:
    """A statsd that remembers datagrams."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.port = str(self.socket.getsockname()[1])

    def heard(self) -> list[str]:
        """What has come since the last time. On loopback it is there when the sender has ended."""
        found = []
        while True:
            try:
                found.append(self.socket.recv(65536).decode())
            except BlockingIOError:
                return found


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.close()


def run(folder: Path, task: str, env: dict[str, str], source: str = SOURCE) -> Result:
    case = Case(task, literal_map(), source=source, imports=IMPORTS)
    return start(folder, prepare(folder, case, "wingbeat"), env)


def masked(datagrams: list[str]) -> list[str]:
    return [re.sub(r"(timer|decorated|failed)(\S*):\d+\.\d{6}\|ms", r"\1\2:*|ms", text) for text in datagrams]


SETTINGS: dict[str, dict[str, str]] = {
    "engine": {},
    "launch plan": {"_F_LP": "lp", "FLYTE_INTERNAL_EXECUTION_WORKFLOW": ""},
    "host": {"FLYTE_SECRETS_HOST": "127.0.0.1"},
    "no tags": {"FLYTE_SECRETS_DISABLE_TAGS": "yes"},
    "tags after all": {"FLYTE_SECRETS_DISABLE_TAGS": "off"},
    "disabled": {"FLYTE_SECRETS_DISABLED": "true"},
}


@pytest.mark.parametrize("settings", SETTINGS)
def test_names_and_tags_are_flytekits(settings: str, oracle: Oracle, listener: Listener, tmp_path: Path) -> None:
    env = {**ENGINE, "FLYTE_SECRETS_PORT": listener.port, **SETTINGS[settings]}
    case = Case("metrics", literal_map(), env, source=SOURCE, imports=IMPORTS)
    assert oracle.ask(tmp_path, case).files == {"outputs.pb"}
    theirs = masked(listener.heard())
    assert run(tmp_path, "metrics", env).files == {"outputs.pb"}
    assert masked(listener.heard()) == theirs
    assert bool(theirs) == (settings != "disabled")


def test_the_other_name_of_the_settings_counts_too(listener: Listener, tmp_path: Path) -> None:
    for name in ("FLYTE_STATSD_PORT", "FLYTE_SECRETS_PORT"):
        assert run(tmp_path, "one", {name: listener.port}).error is None
        assert len(listener.heard()) == 2
    env = {"FLYTE_STATSD_PORT": "1", "FLYTE_SECRETS_PORT": listener.port, "FLYTE_STATSD_DISABLE_TAGS": "1"}
    run(tmp_path, "one", env)
    assert listener.heard() == ["...user_stats.one:1|c", "...user_stats.last:1|c"]
    run(tmp_path, "one", {**env, "FLYTE_STATSD_DISABLED": "true"})
    assert listener.heard() == []


def test_scopes_work(listener: Listener, tmp_path: Path) -> None:
    assert run(tmp_path, "scoped", {**ENGINE, "FLYTE_SECRETS_PORT": listener.port}).error is None
    tags = ".__api_version=1_16_31.__exec_domain=ed.__exec_project=ep.__exec_workflow=p_d_my_wf:1|c"
    assert listener.heard() == [
        f"tp.td.app.wf.stat.user_stats.scope.inner.cnt.__a=b{tags}",
        "tp.td.app.wf.stat.user_stats.scope.inner.bare.cnt:1|c",
        f"tp.td.app.wf.stat.user_stats.scope.inner.last{tags}",
    ]


@pytest.mark.parametrize("env", [{"FLYTE_SECRETS_HOST": "no such host"}, {"FLYTE_SECRETS_PORT": "no port"}])
def test_a_host_that_is_unknown_is_said_once(env: dict[str, str], oracle: Oracle, tmp_path: Path) -> None:
    case = Case("one", literal_map(), {**ENGINE, **env}, source=SOURCE, imports=IMPORTS)
    theirs, ours = oracle.both(tmp_path, case)
    assert (theirs.status, theirs.files) == (1, set())
    assert (ours.status, ours.files) == (0, {"outputs.pb"})
    (line,) = ours.stderr.splitlines()
    assert "Metrics are dropped: statsd at" in line
    assert next(iter(env.values())) in line


def test_nothing_is_looked_up_before_the_first_metric(tmp_path: Path) -> None:
    source = SOURCE + "\n@task\ndef none() -> bool:\n    import sys\n    current_context().stats\n"
    source += "    return 'socket' in sys.modules\n"
    result = run(tmp_path, "none", {"FLYTE_SECRETS_HOST": "no such host"}, source)
    assert result.outputs is not None
    assert not result.outputs.literals["o0"].scalar.primitive.boolean
    assert result.stderr == ""


def test_a_share_of_the_calls_is_sent(listener: Listener) -> None:
    client = Client("127.0.0.1", listener.port)
    for _ in range(200):
        TaggableStats(client, "").incr("sampled", rate=0.5)
    client.close()
    heard = listener.heard()
    assert 50 < len(heard) < 150
    assert set(heard) == {"sampled:1|c|@0.5"}


def test_the_callers_tags_are_left_alone() -> None:
    tags = {"a": "b"}
    TaggableStats(Client("127.0.0.1", "1", disabled=True), "p", {"c": "d"}).incr("x", tags=tags, per_host=True)
    assert tags == {"a": "b"}


def test_outside_of_a_task_metrics_are_remembered() -> None:
    stats = LocalStats()
    stats.incr("cnt", 2, tags={"a": "b"})
    stats.decr("cnt")
    assert stats.current_value("cnt") == 1
    assert stats.current_tags("cnt") == {}
    stats.gauge("level", -3, tags={"a": "b"}, per_host=True)
    assert (stats.current_value("level"), stats.current_tags("level")) == (-3, {"a": "b", "_f": "i"})
    stats.gauge("level", 1, delta=True)
    assert stats.current_value("level") == -2
    stats.timing("took", 1500)
    assert stats.current_value("took") == timedelta(seconds=1.5)
    with stats.timer("timer", tags={"a": "b"}):
        pass
    assert isinstance(stats.current_value("timer"), timedelta)
    assert stats.current_tags("timer") == {"a": "b"}
    stats.set("users", "me")
    assert stats.current_value("users") == {"me"}
    assert stats.current_value("missing") is None
    assert stats.current_tags("missing") is None
    with stats.pipeline() as pipe:
        pipe.incr("dropped")
