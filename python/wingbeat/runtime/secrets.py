"""Secrets that the engine has put into the container: `current_context().secrets` (runtime contract 7.2)."""

from __future__ import annotations

import os

from wingbeat import configuration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class SecretsManager:
    """Finds secrets in the environment, else in files; the names and the rules of flytekit's.

    `secrets.get("group", "key")` and `secrets.group.key` are the same. The settings `FLYTE_SECRETS_ENV_PREFIX`,
    `FLYTE_SECRETS_DEFAULT_DIR` and `FLYTE_SECRETS_FILE_PREFIX` say where to look; they are read when the object is
    made.

    Args:
        local: Whether no engine has started the process; variables without the prefix are looked for too, then.
    """

    def __init__(self, local: bool = False) -> None:
        self._env_prefix = (configuration.text("secrets", "env_prefix") or "_FSEC_").strip()
        self._base_dir = (configuration.text("secrets", "default_dir") or "/etc/secrets").strip()
        self._file_prefix = (configuration.text("secrets", "file_prefix") or "").strip()
        self._local = local

    def get(
        self,
        group: str | None = None,
        key: str | None = None,
        group_version: str | None = None,
        encode_mode: str = "r",
    ) -> Any:
        """A secret, without the white space around it.

        Args:
            group: The group; may be left out.
            key: The key in the group; may be left out.
            group_version: The version of the group.
            encode_mode: How a file is opened: `r` gives text, `rb` bytes. A variable is always text.

        Raises:
            ValueError: there is none. The text names the variables and the file that were looked for.
            IndexError: neither group nor key is given.
            OSError: there is a file and it cannot be read.
        """
        variables = [self.get_secrets_env_var(group, key, group_version)]
        if self._local:
            variables.append(variables[0][len(self._env_prefix) :])
        for variable in variables:
            value = os.environ.get(variable)
            if value is not None:
                return value.strip()
        path = self.get_secrets_file(group, key, group_version)
        if os.path.exists(path):
            with open(path, encode_mode) as file:
                return file.read().strip()
        raise ValueError(
            f"Please make sure to add secret_requests=[Secret(group={group}, key={key})] in @task. Unable to find "
            f"secret for key {key} in group {group} in Env Var:{' or '.join(variables)} and FilePath: {path}"
        )

    def get_secrets_env_var(
        self, group: str | None = None, key: str | None = None, group_version: str | None = None
    ) -> str:
        """The variable that would hold a secret: the prefix, then group, version and key in upper case."""
        return self._env_prefix + "_".join(part.upper() for part in (group, group_version, key) if part)

    def get_secrets_file(
        self, group: str | None = None, key: str | None = None, group_version: str | None = None
    ) -> str:
        """The file that would hold a secret: folders of group and version, in lower case.

        Raises:
            IndexError: neither of the three is given.
        """
        parts = [part.lower() for part in (group, group_version, key) if part]
        if not parts:
            raise IndexError("a secret has a group or a key, and neither is given: secrets.get(group, key)")
        return os.path.join(self._base_dir, *parts[:-1], self._file_prefix + parts[-1])

    def __getattr__(self, group: str) -> GroupSecrets:
        if group.startswith("__"):  # copy, pickle and friends ask for these
            raise AttributeError(group)
        return GroupSecrets(group, self)


class GroupSecrets:
    """The secrets of one group, by attribute."""

    def __init__(self, group: str, manager: SecretsManager) -> None:
        self._group = group
        self._manager = manager

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        return self._manager.get(self._group, key)
