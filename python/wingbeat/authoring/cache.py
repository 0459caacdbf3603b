"""`Cache`: when Flyte may take the outputs of an earlier run (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["Cache", "CachePolicy", "VersionParameters"]


class VersionParameters(Record):
    """What a policy may derive a version from."""

    func: Callable[..., Any]
    container_image: Any
    pod_template: Any
    pod_template_name: str | None

    def __init__(
        self,
        func: Callable[..., Any],
        container_image: Any = None,
        pod_template: Any = None,
        pod_template_name: str | None = None,
    ) -> None:
        self.func = func
        self.container_image = container_image
        self.pod_template = pod_template
        self.pod_template_name = pod_template_name

    def __class_getitem__(cls, item: object) -> type:
        return cls


class _HasVersion(type):
    """Makes whatever has a `get_version` an instance, as of a protocol."""

    def __instancecheck__(cls, instance: object) -> bool:
        if cls is not CachePolicy:
            return super().__instancecheck__(instance)
        return hasattr(instance, "get_version")


class CachePolicy(metaclass=_HasVersion):
    """What derives a version from a task. Anything with this method is one; deriving from this class is not needed."""

    def get_version(self, salt: str, params: VersionParameters) -> str:
        """The version; whatever changes it lets the task run again."""
        raise NotImplementedError(f"{type(self).__name__} has no `get_version`")


class Cache(Record):
    """Whether and how outputs are kept.

    Args:
        version: The version of the outputs; without one, the policies say it.
        serialize: Whether runs with the same inputs wait for each other.
        ignored_inputs: Inputs that make no difference.
        salt: A text for the policies.
        policies: What derives the version; one, or several.

    Raises:
        ValueError: neither a version nor a policy is given.
    """

    version: str | None
    serialize: bool
    ignored_inputs: tuple[str, ...] | str
    salt: str
    policies: Any

    def __init__(
        self,
        version: str | None = None,
        serialize: bool = False,
        ignored_inputs: tuple[str, ...] | str = (),
        salt: str = "",
        policies: Any = None,
    ) -> None:
        self.version = version
        self.serialize = serialize
        self.ignored_inputs = ignored_inputs
        self.salt = salt
        self.policies = policies
        self._ignored_inputs = (ignored_inputs,) if isinstance(ignored_inputs, str) else ignored_inputs
        if policies is None:
            self._policies: list[Any] = []
        elif isinstance(policies, CachePolicy):
            self._policies = [policies]
        elif isinstance(policies, list) and all(isinstance(policy, CachePolicy) for policy in policies):
            self._policies = policies
        if version is None and not self._policies:
            raise ValueError("If version is not defined then at least one cache policy needs to be set")

    def get_ignored_inputs(self) -> tuple[str, ...]:
        """Inputs that make no difference."""
        return self._ignored_inputs

    def get_version(self, params: VersionParameters) -> str:
        """The version, from the policies if none is given.

        Raises:
            ValueError: a policy has raised an exception.
        """
        if self.version is not None:
            return self.version
        from hashlib import sha256

        said = ""
        for policy in self._policies:
            try:
                said += policy.get_version(self.salt, params)
            except Exception as error:
                raise ValueError(
                    f"Failed to generate version for cache policy {policy}. Please consider setting the version in the "
                    "Cache definition, e.g. Cache(version='v1.2.3')"
                ) from error
        return sha256(said.encode()).hexdigest()
