"""Settings of the platform: an environment variable, else a configuration file (runtime contract 3.3).

A setting `option` of `section` is the variable `FLYTE_<SECTION>_<OPTION>`. Where it is not set, the first of these
files that exists is asked, inside containers too: what `FLYTECTL_CONFIG` names, `./flytekit.config`, `~/.flyte/config`
and `~/.flyte/config.yaml`. A name that ends in `yaml` or `yml` is flytectl's form, any other an INI file. Nobody looks
for files before a setting is asked for that no variable has.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: Words that mean no; everything else means yes.
FALSE = ("false", "0", "off", "no", "")
#: Settings that flytectl's files have, by section and option: the keys that lead there.
IN_YAML = {
    ("aws", "endpoint"): ("storage", "connection", "endpoint"),
    ("aws", "access_key_id"): ("storage", "connection", "access-key"),
    ("aws", "secret_access_key"): ("storage", "connection", "secret-key"),
    ("aws", "addressing_style"): ("storage", "connection", "addressing-style"),
}


def text(section: str, option: str, path: str | None = None) -> str | None:
    """A setting, None if nobody says anything. An empty variable hides the file and says nothing.

    Args:
        section: The section.
        option: The name in it.
        path: The configuration file; by default the one that is found.

    Raises:
        ValueError: the configuration file cannot be read; the text names it.
    """
    value = os.environ.get(f"FLYTE_{section.upper()}_{option.upper()}")
    if value is None:
        value = read(path).get((section, option)) if path else from_file(section, option)
    return value or None


def named(section: str, names: Mapping[str, str]) -> dict[str, str]:
    """Those of several settings that somebody says, by the names given for the options. Raises ValueError as `text`."""
    found = {name: text(section, option) for option, name in names.items()}
    return {name: value for name, value in found.items() if value is not None}


def flag(section: str, option: str, default: bool) -> bool:
    """A setting that is yes or no. An empty variable means no. Raises ValueError as `text` does."""
    value = os.environ.get(f"FLYTE_{section.upper()}_{option.upper()}")
    if value is None:
        value = from_file(section, option)
    return default if value is None else value.lower() not in FALSE


def from_file(section: str, option: str) -> str | None:
    """What the configuration file says."""
    global _file
    if _file is None:
        path = find()
        _file = read(path) if path else {}
    return _file.get((section, option))


#: The file's settings, read once in a process.
_file: dict[tuple[str, str], str] | None = None


def find() -> str:
    """The path of the configuration file; empty if there is none."""
    named = os.environ.get("_FLYTECTL_CONFIG_PYFLYTE_OVERRIDE", os.environ.get("FLYTECTL_CONFIG"))
    home = os.path.expanduser("~/.flyte")
    if named and not os.path.exists(named):
        warn(f"the configuration file {named!r} does not exist, it is ignored")
    candidates = (named, "flytekit.config", f"{home}/config", f"{home}/config.yaml")
    return next((path for path in candidates if path and os.path.exists(path)), "")


def read(path: str) -> dict[tuple[str, str], str]:
    """The settings of a file, by section and option.

    Raises:
        ValueError: it is not what its name says, or is not readable.
    """
    reader = read_yaml if path.endswith(("yaml", "yml")) else read_ini
    try:
        return reader(path)
    except (OSError, ValueError) as error:
        raise ValueError(f"the configuration file {os.path.abspath(path)!r} cannot be read: {error}") from error


def read_ini(path: str) -> dict[tuple[str, str], str]:
    """An INI file; a value that refers to something unknown is left out, as flytekit does."""
    import configparser

    parser = configparser.ConfigParser()
    found = {}
    try:
        with open(path, encoding="utf-8") as file:
            parser.read_file(file)
    except configparser.Error as error:
        raise ValueError(str(error)) from error
    for section in parser.sections():
        for option in parser.options(section):
            try:
                found[section, option] = parser.get(section, option)
            except configparser.InterpolationError:
                continue
    return found


def read_yaml(path: str) -> dict[tuple[str, str], str]:
    """A file of flytectl's; of what is in it, a task's process needs the object store."""
    document = in_yaml(path)
    found = {}
    for setting, keys in IN_YAML.items():
        value: Any = document
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, (str, int, float)):
            found[setting] = str(value)
    return found


def in_yaml(path: str) -> dict[str, Any]:
    """The content of a file of flytectl's. What is no YAML is ignored."""
    try:
        import yaml  # type: ignore[import-untyped]
    except ImportError:
        warn(f"the configuration file {path!r} is ignored: reading it needs PyYAML (pip install pyyaml)")
        return {}
    document: Any = None
    with open(path, encoding="utf-8") as file:
        try:
            document = yaml.safe_load(file)
        except yaml.YAMLError as error:
            warn(f"the configuration file {path!r} is ignored: {error}")
    return document if isinstance(document, dict) else {}


def images(path: str | None = None) -> dict[str, str]:
    """The images that a configuration file names, the one that is found by default. Raises ValueError as `text`."""
    path = path or find()
    if not path:
        return {}
    if not path.endswith(("yaml", "yml")):
        return {option: value for (section, option), value in read(path).items() if section == "images"}
    return {str(name): str(image) for name, image in (in_yaml(path).get("images") or {}).items()}


def warn(message: str) -> None:
    """Say it on stderr; this layer knows nothing of logs."""
    import warnings

    warnings.warn(message, RuntimeWarning, stacklevel=2)
