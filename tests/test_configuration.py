"""Settings from variables and files, as flytekit finds them (runtime contract 3.3)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.peer import INTERPRETER
from tests.runtime.process import environment as plain_environment
from wingbeat import configuration
from wingbeat.runtime import environment, workspace
from wingbeat.storage.options import storage_options

#: What flytekit makes of the settings that a task's process has a use for: a line for each folder and its variables.
PEER = """
import json, os, sys
from flytekit.configuration import DataConfig, SecretsConfig, StatsConfig
from flytekit.configuration.file import get_config_file

for folder, variables in json.load(sys.stdin):
    os.chdir(folder)
    os.environ.update(variables, HOME=folder)
    get_config_file.cache_clear()
    data, secrets, stats = DataConfig.auto(), SecretsConfig.auto(), StatsConfig.auto()
    s3, azure = data.s3, data.azure
    print(json.dumps({
        "s3": [s3.endpoint, s3.access_key_id, s3.secret_access_key, s3.adressing_style],
        "azure": [azure.account_name, azure.account_key, azure.tenant_id, azure.client_id, azure.client_secret],
        "attach": data.generic.attach_execution_metadata,
        "secrets": [secrets.env_prefix, secrets.default_dir, secrets.file_prefix],
        "stats": [stats.host, str(stats.port), stats.disabled, stats.disabled_tags],
    }))
    for name in variables:
        del os.environ[name]
"""
INI = """
[aws]
endpoint = http://ini
access_key_id: ini key
secret_access_key = 100%%
addressing_style = virtual

[azure]
storage_account_name = account
storage_account_key = key
tenant_id = tenant
client_id = client
client_secret = %(missing)s

[persistence]
attach_execution_metadata = no

[secrets]
env_prefix = INI_
default_dir = /ini
file_prefix = ini_
host = ini-host
port = 1234
disabled = on
disable_tags = true
"""
YAML = """
admin:
  endpoint: dns:///flyte
storage:
  connection:
    endpoint: http://yaml
    access-key: yaml key
    secret-key: 12345
    addressing-style: ""
  type: minio
"""
#: Files and variables. `{folder}` is the folder of the test, which is also the home.
CASES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "nothing": ({}, {}),
    "here": ({"flytekit.config": INI, ".flyte/config": "[aws]\nendpoint=hidden"}, {}),
    "at home": ({".flyte/config": INI, ".flyte/config.yaml": YAML}, {}),
    "flytectl's at home": ({".flyte/config.yaml": YAML}, {}),
    "named": ({"other.yml": YAML, "flytekit.config": INI}, {"FLYTECTL_CONFIG": "{folder}/other.yml"}),
    "named relative": ({"other.ini": INI}, {"FLYTECTL_CONFIG": "other.ini"}),
    "named, and missing": ({"flytekit.config": INI}, {"FLYTECTL_CONFIG": "missing.yaml"}),
    "named, and empty": ({"flytekit.config": INI}, {"FLYTECTL_CONFIG": ""}),
    "the override": (
        {"other.ini": INI, "flytekit.config": ""},
        {"FLYTECTL_CONFIG": "flytekit.config", "_FLYTECTL_CONFIG_PYFLYTE_OVERRIDE": "other.ini"},
    ),
    "variables first": (
        {"flytekit.config": INI},
        {
            "FLYTE_AWS_ENDPOINT": "http://variable",
            "FLYTE_AWS_ACCESS_KEY_ID": "",
            "FLYTE_AZURE_TENANT_ID": "variable",
            "FLYTE_PERSISTENCE_ATTACH_EXECUTION_METADATA": "True",
            "FLYTE_SECRETS_ENV_PREFIX": "",
            "FLYTE_SECRETS_DISABLED": "",
            "FLYTE_SECRETS_DISABLE_TAGS": "OFF",
        },
    ),
    "no YAML": ({".flyte/config.yaml": "{"}, {}),
    "another YAML": ({".flyte/config.yaml": "storage: [1]"}, {}),
    "empty YAML": ({".flyte/config.yaml": ""}, {}),
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As in a process that has just started there, with nothing said."""
    for name in list(os.environ):
        if name.startswith(("FLYTE", "_F")):
            monkeypatch.delenv(name)
    monkeypatch.setattr(configuration, "_file", None)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def settle(folder: Path, files: dict[str, str], variables: dict[str, str]) -> dict[str, str]:
    """Write the files; the variables."""
    for name, content in files.items():
        folder.joinpath(name).parent.mkdir(exist_ok=True, parents=True)
        folder.joinpath(name).write_text(content, "utf-8")
    return {name: value.replace("{folder}", str(folder)) for name, value in variables.items()}


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, str], dict[str, object]]]:
    """Folder, variables and flytekit's answer for every case, all asked in one process."""
    settled = []
    for number, (files, variables) in enumerate(CASES.values()):
        folder = tmp_path_factory.mktemp("case") / str(number)
        folder.mkdir()
        settled.append((folder, settle(folder, files, variables)))
    asked = json.dumps([(str(folder), variables) for folder, variables in settled])
    done = subprocess.run(
        [INTERPRETER, "-c", PEER], input=asked, env=plain_environment(), capture_output=True, text=True, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {name: (*one, answer) for name, one, answer in zip(CASES, settled, answers, strict=True)}


def ours() -> dict[str, object]:
    from wingbeat.runtime.secrets import SecretsManager
    from wingbeat.runtime.stats import configured, setting

    s3, azure, secrets = storage_options("s3"), storage_options("abfs"), SecretsManager()
    return {
        "s3": [
            s3.get("client_kwargs", {}).get("endpoint_url"),
            s3.get("key"),
            s3.get("secret"),
            s3.get("config_kwargs", {}).get("s3", {}).get("addressing_style"),
        ],
        "azure": [
            azure.get(name) for name in ("account_name", "account_key", "tenant_id", "client_id", "client_secret")
        ],
        "attach": bool(environment.upload_metadata()),
        "secrets": [secrets._env_prefix, secrets._base_dir, secrets._file_prefix],
        "stats": [
            setting("host") or "localhost",
            setting("port") or "8125",
            configured("disabled"),
            configured("disable_tags"),
        ],
    }


@pytest.mark.parametrize("name", CASES)
@pytest.mark.filterwarnings("ignore:the configuration file")
def test_found_where_flytekit_finds_it(name: str, peer: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, variables, theirs = peer[name]
    monkeypatch.chdir(folder)
    for variable, value in {**variables, "HOME": str(folder)}.items():
        monkeypatch.setenv(variable, value)
    assert ours() == {**theirs, "s3": [(value and str(value)) or None for value in theirs["s3"]]}


def test_the_sandbox_may_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, {"flytekit.config": f"[sdk]\nlocal_sandbox = {tmp_path}/box"}, {})
    assert workspace.sandbox() == f"{tmp_path}/box"
    monkeypatch.setenv("FLYTE_SDK_LOCAL_SANDBOX", str(tmp_path))
    assert workspace.sandbox() == str(tmp_path)


@pytest.mark.parametrize("content", ["no section = 1", "[aws\n", "[aws]\nendpoint = 1\nendpoint = 2"])
def test_a_file_that_is_none_is_named(content: str, tmp_path: Path) -> None:
    settle(tmp_path, {"flytekit.config": content}, {})
    with pytest.raises(ValueError, match=f"the configuration file '{tmp_path}/flytekit.config' cannot be read"):
        configuration.text("aws", "endpoint")


@pytest.mark.parametrize(
    ("files", "variables", "words"),
    [
        ({}, {"FLYTECTL_CONFIG": "missing.yaml"}, "'missing.yaml' does not exist"),
        ({".flyte/config.yaml": "{"}, {}, "config.yaml' is ignored"),
    ],
)
def test_what_is_ignored_is_said(
    files: dict[str, str], variables: dict[str, str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settle(tmp_path, files, variables).items():
        monkeypatch.setenv(name, value)
    with pytest.warns(RuntimeWarning, match=words):
        assert configuration.text("aws", "endpoint") is None


def test_without_pyyaml_the_file_is_ignored_and_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, {".flyte/config.yaml": YAML}, {})
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.warns(RuntimeWarning, match="reading it needs PyYAML"):
        assert configuration.text("aws", "endpoint") is None


def test_nobody_looks_for_files_before_a_setting_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, {"flytekit.config": "no section"}, {})
    monkeypatch.setenv("FLYTE_AWS_ENDPOINT", "http://variable")
    assert configuration.text("aws", "endpoint") == "http://variable"
