"""`TaskMetadata`: how Flyte treats a task (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta
    from typing import Any

__all__ = ["TaskMetadata"]


class TaskMetadata(Record):
    """Retries, caching and the like.

    Args:
        cache: Whether Flyte reuses results.
        cache_serialize: Whether of the same tasks at the same time one runs, and the others wait for its result.
        cache_version: Results of other versions are not reused.
        cache_ignore_input_vars: Inputs that do not matter for the cache.
        interruptible: Whether the machine may be taken away; None leaves it to the workflow.
        deprecated: Why the task should no longer be used; empty if it should.
        retries: How often Flyte tries again.
        timeout: How long it may run: a timedelta, or seconds.
        pod_template_name: A pod that the cluster has.
        generates_deck: Whether it writes deck.html.
        is_eager: Whether it starts executions of its own.
        labels, annotations: Of the pod.

    Raises:
        ValueError: the parameters contradict each other.
    """

    cache: bool
    cache_serialize: bool
    cache_version: str
    cache_ignore_input_vars: tuple[str, ...]
    interruptible: bool | None
    deprecated: str
    retries: int
    timeout: timedelta | int | None
    pod_template_name: str | None
    generates_deck: bool
    is_eager: bool
    labels: dict[str, str] | None
    annotations: dict[str, str] | None

    def __init__(
        self,
        cache: bool = False,
        cache_serialize: bool = False,
        cache_version: str = "",
        cache_ignore_input_vars: tuple[str, ...] = (),
        interruptible: bool | None = None,
        deprecated: str = "",
        retries: int = 0,
        timeout: timedelta | int | None = None,
        pod_template_name: str | None = None,
        generates_deck: bool = False,
        is_eager: bool = False,
        labels: dict[str, str] | None = None,
        annotations: dict[str, str] | None = None,
    ) -> None:
        from wingbeat.authoring.settings import check_cache, check_timeout

        check_timeout(timeout)
        check_cache(cache, cache_serialize, cache_version, cache_ignore_input_vars)
        if timeout and isinstance(timeout, int):
            from datetime import timedelta

            timeout = timedelta(seconds=timeout)
        self.cache = cache
        self.cache_serialize = cache_serialize
        self.cache_version = cache_version
        self.cache_ignore_input_vars = cache_ignore_input_vars
        self.interruptible = interruptible
        self.deprecated = deprecated
        self.retries = retries
        self.timeout = timeout
        self.pod_template_name = pod_template_name
        self.generates_deck = generates_deck
        self.is_eager = is_eager
        self.labels = labels
        self.annotations = annotations

    @property
    def retry_strategy(self) -> Any:
        """The number of retries, as Flyte's message."""
        from wingbeat.idl.tasks import RetryStrategy

        return RetryStrategy(self.retries)

    def to_taskmetadata_model(self) -> Any:
        """The same, as Flyte's message."""
        from wingbeat._core import __version__
        from wingbeat.idl.tasks import K8sObjectMetadata, RuntimeMetadata
        from wingbeat.idl.tasks import TaskMetadata as Message

        timeout: Any = self.timeout
        return Message(
            discoverable=self.cache,
            runtime=RuntimeMetadata(1, __version__, "python"),
            timeout=timeout,
            retries=self.retry_strategy,
            interruptible=self.interruptible,
            discovery_version=self.cache_version,
            deprecated_error_message=self.deprecated,
            cache_serializable=self.cache_serialize,
            generates_deck=self.generates_deck,
            pod_template_name=self.pod_template_name or "",
            cache_ignore_input_vars=self.cache_ignore_input_vars,
            is_eager=self.is_eager,
            k8s_object_metadata=K8sObjectMetadata(labels=self.labels, annotations=self.annotations),
        )
