"""The messages of `flyteidl/admin/common.proto` that authors name: labels, roles, notifications."""

from __future__ import annotations

from wingbeat.idl.model import Model, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self


class FlyteCustomIdlEntity(Model):
    """A message that Flyte knows as a `Struct` only. A subclass has `to_dict` and the class method `from_dict`."""

    def to_dict(self) -> dict[str, Any]:
        """The content, as JSON has it."""
        raise NotImplementedError(f"{type(self).__name__} has no `to_dict`")

    @classmethod
    def from_dict(cls, idl_dict: dict[str, Any]) -> Self:
        """The object with this content."""
        raise NotImplementedError(f"{cls.__name__} has no `from_dict`")

    def to_flyte_idl(self) -> Any:
        """The `Struct`."""
        import json

        from google.protobuf import json_format, struct_pb2

        return json_format.Parse(json.dumps(self.to_dict()), struct_pb2.Struct())

    @classmethod
    def from_flyte_idl(cls, pb: Any) -> Self:
        """The object of a `Struct`."""
        from google.protobuf import json_format

        return cls.from_dict(idl_dict=json_format.MessageToDict(pb))


class NamedEntityIdentifier(Model, proto="common_pb2.NamedEntityIdentifier", package="admin"):
    """Something registered, in all of its versions."""

    project: str
    domain: str
    name: str | None = None


class EmailNotification(Model, proto="common_pb2.EmailNotification", package="admin"):
    """Who gets an e-mail."""

    recipients_email: list[str]


class SlackNotification(Model, proto="common_pb2.SlackNotification", package="admin"):
    """Who gets an e-mail that Slack turns into a message."""

    recipients_email: list[str]


class PagerDutyNotification(Model, proto="common_pb2.PagerDutyNotification", package="admin"):
    """Who gets an e-mail that PagerDuty turns into an alert."""

    recipients_email: list[str]


class Notification(Model, proto="common_pb2.Notification", package="admin"):
    """What is sent when an execution comes into one of `phases`. One of the other fields is set."""

    phases: list[int]
    email: EmailNotification | None = None
    pager_duty: PagerDutyNotification | None = None
    slack: SlackNotification | None = None


class Labels(Model, proto="common_pb2.Labels", package="admin"):
    """Labels of an execution's resources."""

    values: dict[str, str]


class Annotations(Model, proto="common_pb2.Annotations", package="admin"):
    """Annotations of an execution's resources."""

    values: dict[str, str]


class UrlBlob(Model, proto="common_pb2.UrlBlob", package="admin"):
    """Where something is to be had, and its size in bytes."""

    url: str
    bytes: int


class AuthRole(Model, proto="common_pb2.AuthRole", package="admin"):
    """What an execution runs as."""

    assumable_iam_role: str | None = None
    kubernetes_service_account: str | None = None


class RawOutputDataConfig(Model, proto="common_pb2.RawOutputDataConfig", package="admin"):
    """Where an execution puts its files."""

    output_location_prefix: str


class Envs(Model, proto="common_pb2.Envs", package="admin"):
    """Environment variables of an execution."""

    envs: dict[str, str] = field(proto="values")
