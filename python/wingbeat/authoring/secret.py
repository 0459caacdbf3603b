"""`Secret`: which secret a task may read (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.process import executes_task
from wingbeat.authoring.record import MessageRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum
    from typing import Any

    from typing_extensions import Self

__all__ = ["Secret"]


class _MountType:
    """`Secret.MountType`, an enum that is made when somebody asks for it; then it takes this place."""

    def __get__(self, instance: object, owner: type) -> type[Enum]:
        from enum import Enum

        class MountType(Enum):
            """How a secret is given to a task: either way, as a variable, as a file."""

            ANY = 0
            ENV_VAR = 1
            FILE = 2

        MountType.__qualname__ = "Secret.MountType"  # so that it can be pickled
        Secret.MountType = MountType
        return MountType


class Secret(MessageRecord):
    """A secret that a task asks for with `secret_requests`; it is read by `current_context().secrets`.

    Args:
        group: Its group.
        key: Its key in the group.
        group_version: The version of the group.
        mount_requirement: How it has to be given to the task, a `Secret.MountType`; by default `ANY`.
        env_var: The environment variable that is to hold it.

    Raises:
        ValueError: there is no group, which is refused where the task is registered and accepted where it runs; or
            the variable's name is none.
    """

    MountType: Any = _MountType()

    group: str | None
    key: str | None
    group_version: str | None
    env_var: str | None

    def __init__(
        self,
        group: str | None = None,
        key: str | None = None,
        group_version: str | None = None,
        mount_requirement: Any = None,
        env_var: str | None = None,
    ) -> None:
        self.group = group
        self.key = key
        self.group_version = group_version
        self._mount_requirement = mount_requirement
        self.env_var = env_var
        if group is None and not executes_task():
            raise ValueError("Group is a required parameter")
        if env_var is not None and not _names_variable(env_var):
            raise ValueError(f"Invalid environment variable name: {env_var}")

    @property
    def mount_requirement(self) -> Any:
        """How it has to be given to the task."""
        if self._mount_requirement is None:
            self._mount_requirement = self.MountType.ANY
        return self._mount_requirement

    @mount_requirement.setter
    def mount_requirement(self, value: Any) -> None:
        self._mount_requirement = value

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        from wingbeat.idl import raw

        return raw.messages("core.security_pb2").Secret(
            group=self.group,
            group_version=self.group_version,
            key=self.key,
            mount_requirement=self.mount_requirement.value,
            env_var=self.env_var,
        )

    @classmethod
    def from_flyte_idl(cls, pb2_object: Any) -> Self:
        """The record of such a message."""
        return cls(
            pb2_object.group,
            pb2_object.key or None,
            pb2_object.group_version or None,
            cls.MountType(pb2_object.mount_requirement),
            pb2_object.env_var or None,
        )


def _names_variable(name: str) -> bool:
    """Whether a text is `[A-Z_][A-Z0-9_]*`; a line feed at the end is let through, as in flytekit."""
    name = name.removesuffix("\n")
    plain = name.isascii() and name.replace("_", "A").isalnum() and name == name.upper()
    return plain and not name[0].isdigit()
