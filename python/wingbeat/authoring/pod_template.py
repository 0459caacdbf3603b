"""`PodTemplate`: the pod that a task runs in (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["PRIMARY_CONTAINER_DEFAULT_NAME", "PodTemplate"]

PRIMARY_CONTAINER_DEFAULT_NAME = "primary"


class PodTemplate(Record):
    """A pod's specification and the container in it that runs the task.

    Args:
        pod_spec: A `kubernetes.client.V1PodSpec`; by default one without containers, made when it is asked for.
        primary_container_name: The container that runs the task.
        labels, annotations: Of the pod.

    Raises:
        FlyteValidationException: the container has no name.
    """

    primary_container_name: str
    labels: dict[str, str] | None
    annotations: dict[str, str] | None

    def __init__(
        self,
        pod_spec: Any = None,
        primary_container_name: str = PRIMARY_CONTAINER_DEFAULT_NAME,
        labels: dict[str, str] | None = None,
        annotations: dict[str, str] | None = None,
    ) -> None:
        if not primary_container_name:
            from wingbeat.exceptions import FlyteValidationException

            raise FlyteValidationException("A primary container name cannot be undefined")
        self._pod_spec = pod_spec
        self.primary_container_name = primary_container_name
        self.labels = labels
        self.annotations = annotations

    @property
    def pod_spec(self) -> Any:
        """The specification. If it was not given, it is made now: the client of Kubernetes takes long to import."""
        if self._pod_spec is None:
            from importlib import import_module

            self._pod_spec = import_module("kubernetes.client").V1PodSpec(containers=[])
        return self._pod_spec

    @pod_spec.setter
    def pod_spec(self, value: Any) -> None:
        self._pod_spec = value

    def version_hash(self) -> str:
        """The same for templates that say the same."""
        import hashlib
        import json

        return hashlib.sha256(json.dumps(_plain(self), sort_keys=True).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """What JSON can hold of a template, as flytekit has it."""
    if hasattr(value, "to_dict"):
        fields = value.to_dict()
        image: Any = getattr(value, "image", None)
        if type(value).__name__ == "V1Container" and hasattr(image, "image_name"):
            fields["image"] = image.image_name()
        return {name: _plain(one) for name, one in fields.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, PodTemplate):
        return {name: _plain(getattr(value, name)) for name in value.__match_args__}
    return value
