"""`Options`: what an execution is started with (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self

__all__ = ["Options"]


class Options(Record):
    """Options of executions, and of a workflow's default launch plan, where only labels and annotations count."""

    labels: Any
    annotations: Any
    raw_output_data_config: Any
    security_context: Any
    max_parallelism: int | None
    notifications: list[Any] | None
    disable_notifications: bool | None
    overwrite_cache: bool | None

    def __init__(
        self,
        labels: Any = None,
        annotations: Any = None,
        raw_output_data_config: Any = None,
        security_context: Any = None,
        max_parallelism: int | None = None,
        notifications: list[Any] | None = None,
        disable_notifications: bool | None = None,
        overwrite_cache: bool | None = None,
    ) -> None:
        self.labels = labels
        self.annotations = annotations
        self.raw_output_data_config = raw_output_data_config
        self.security_context = security_context
        self.max_parallelism = max_parallelism
        self.notifications = notifications
        self.disable_notifications = disable_notifications
        self.overwrite_cache = overwrite_cache

    @classmethod
    def default_from(cls, k8s_service_account: str | None = None, raw_data_prefix: str | None = None) -> Self:
        """Options with a service account and a place for files."""
        from wingbeat.idl.common import RawOutputDataConfig
        from wingbeat.idl.security import Identity, SecurityContext

        account, prefix = k8s_service_account, raw_data_prefix
        return cls(
            security_context=SecurityContext(run_as=Identity(k8s_service_account=account)) if account else None,
            raw_output_data_config=RawOutputDataConfig(output_location_prefix=prefix) if prefix else None,
        )
