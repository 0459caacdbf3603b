"""Secrets, as flytekit finds them (runtime contract 7.2)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.literals import primitive
from tests.runtime.peer import Case, Oracle, literal_map
from tests.runtime.process import Result
from wingbeat.runtime.secrets import SecretsManager

#: flytekit has looked for its configuration file before the test begins, and read its settings before the module.
IMPORTS = {
    "flytekit": """
from flytekit import current_context, task
from flytekit.configuration.file import get_config_file

def manager():
    get_config_file.cache_clear()
    return type(current_context().secrets)()
""",
    "wingbeat": """
from wingbeat import current_context, task

def manager():
    return current_context().secrets
""",
}
SOURCE = """
import json


@task
def look(calls: str) -> str:
    secrets = manager()

    def answer(call):
        try:
            return repr(eval(call, {"secrets": secrets}))
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    return json.dumps({call: answer(call) for call in json.loads(calls)})
"""
CALLS = [
    'secrets.get("group", "key")',
    'secrets.get("Group", "Key")',
    "secrets.group.key",
    'secrets.get("group")',
    'secrets.get(key="key")',
    'secrets.get("group", "key", "v1")',
    'secrets.get("group", "key", group_version="v2")',
    'secrets.get("group", "key", encode_mode="rb")',
    'secrets.get("group", "filed")',
    'secrets.get("group", "filed", encode_mode="rb")',
    'secrets.get("GROUP", "Filed", "V1")',
    'secrets.get("group", "folder")',
    'secrets.get("group", "missing", "v9")',
    "secrets.group.missing",
    'secrets.get("", "")',
    "secrets.get()",
    'secrets.get("group", "unprefixed")',
    'secrets.get_secrets_env_var("group", "key", "v1")',
    "secrets.get_secrets_env_var()",
    'secrets.get_secrets_file("Group", "Key", "V1")',
    'secrets.get_secrets_file(key="key")',
    "secrets.get_secrets_file()",
]
VALUES = {
    "_FSEC_GROUP_KEY": "  by variable \n",
    "_FSEC_GROUP_V1_KEY": "",
    "_FSEC_KEY": "no group",
    "MY_GROUP_KEY": "my prefix",
    "GROUP_UNPREFIXED": "unprefixed",
}
FILES = {
    "secrets/group/filed": b" by file \n",
    "secrets/group/v1/filed": b"version",
    "secrets/group/my_filed": b"my file",
    "secrets/group/folder/file": b"",
    "secrets/group/key": b"hidden by the variable",
}
SETTINGS: dict[str, dict[str, str]] = {
    "folder": {"FLYTE_SECRETS_DEFAULT_DIR": "secrets"},
    "nothing said": {},
    "all said": {
        "FLYTE_SECRETS_ENV_PREFIX": " MY_ ",
        "FLYTE_SECRETS_DEFAULT_DIR": "secrets ",
        "FLYTE_SECRETS_FILE_PREFIX": "my_",
    },
    "empty": {
        "FLYTE_SECRETS_ENV_PREFIX": "",
        "FLYTE_SECRETS_DEFAULT_DIR": "secrets",
        "FLYTE_SECRETS_FILE_PREFIX": "",
    },
}
INI = b"[secrets]\nenv_prefix = MY_\ndefault_dir = secrets\nfile_prefix = my_\nbad = %(nothing)s\n"
INPUTS = literal_map(calls=primitive(string_value=json.dumps(CALLS)))


def answers(result: Result) -> dict[str, str]:
    assert result.outputs is not None, result.stderr
    found: dict[str, str] = json.loads(result.outputs.literals["o0"].scalar.primitive.string_value)
    return {call: "IndexError" if answer.startswith("IndexError") else answer for call, answer in found.items()}


@pytest.mark.parametrize("settings", SETTINGS)
def test_found_where_flytekit_finds_them(settings: str, oracle: Oracle, tmp_path: Path) -> None:
    env = {**VALUES, **SETTINGS[settings]}
    theirs, ours = oracle.both(tmp_path, Case("look", INPUTS, env, source=SOURCE, imports=IMPORTS, files=FILES))
    assert answers(ours) == answers(theirs)


@pytest.mark.parametrize("name", ["flytekit.config", "other/config"])
def test_a_configuration_file_says_where_to_look(name: str, oracle: Oracle, tmp_path: Path) -> None:
    env = VALUES if name == "flytekit.config" else {**VALUES, "FLYTECTL_CONFIG": name}
    files = {**FILES, name: INI}
    theirs, ours = oracle.both(tmp_path, Case("look", INPUTS, env, source=SOURCE, imports=IMPORTS, files=files))
    assert answers(ours) == answers(theirs)
    assert answers(ours)["secrets.group.key"] == "'my prefix'"


def test_a_variable_hides_the_file(oracle: Oracle, tmp_path: Path) -> None:
    env = {**VALUES, "FLYTE_SECRETS_ENV_PREFIX": "", "FLYTE_SECRETS_FILE_PREFIX": ""}
    files = {**FILES, "flytekit.config": INI}
    theirs, ours = oracle.both(tmp_path, Case("look", INPUTS, env, source=SOURCE, imports=IMPORTS, files=files))
    assert answers(ours) == answers(theirs)
    assert answers(ours)["secrets.group.key"] == "'by variable'"


def test_settings_are_read_when_secrets_are_first_asked_for(oracle: Oracle, tmp_path: Path) -> None:
    source = f"import os\nos.environ['FLYTE_SECRETS_ENV_PREFIX'] = 'MY_'\n{SOURCE}"
    # Of another length, so that neither takes the other's compiled module for its own.
    imports = {**IMPORTS, "flytekit": IMPORTS["wingbeat"].replace("wingbeat", "flytekit") + "\n"}
    calls = literal_map(calls=primitive(string_value=json.dumps(["secrets.group.key"])))
    theirs, ours = oracle.both(tmp_path, Case("look", calls, VALUES, source=source, imports=imports))
    assert answers(theirs) == {"secrets.group.key": "'by variable'"}
    assert answers(ours) == {"secrets.group.key": "'my prefix'"}


def test_outside_of_a_task_the_prefix_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROUP_KEY", " value ")
    monkeypatch.setenv("FLYTE_SECRETS_ENV_PREFIX", "_FSEC_")
    assert SecretsManager(local=True).get("group", "key") == "value"
    assert SecretsManager(local=True).group.key == "value"
    with pytest.raises(ValueError, match="Env Var:_FSEC_GROUP_KEY and FilePath: /etc/secrets/group/key"):
        SecretsManager().get("group", "key")
    with pytest.raises(ValueError, match="Env Var:_FSEC_GROUP_X or GROUP_X and FilePath"):
        SecretsManager(local=True).get("group", "x")


def test_neither_group_nor_key() -> None:
    with pytest.raises(IndexError, match="a secret has a group or a key, and neither is given"):
        SecretsManager().get()
