"""What is said about a task or workflow where Flyte shows it (authoring spec 4.1)."""

from __future__ import annotations

from enum import Enum

from wingbeat.authoring.record import MessageRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from typing_extensions import Self

__all__ = ["Description", "Documentation", "SourceCode"]


class _Format(Enum):
    """How a description is written."""

    UNKNOWN = 0
    MARKDOWN = 1
    HTML = 2
    RST = 3


_Format.__name__ = "DescriptionFormat"
_Format.__qualname__ = "Description.DescriptionFormat"


class Description(MessageRecord):
    """A long description: the text itself, or where it is to be had."""

    DescriptionFormat = _Format

    value: str | None
    uri: str | None
    icon_link: str | None
    format: _Format

    def __init__(
        self,
        value: str | None = None,
        uri: str | None = None,
        icon_link: str | None = None,
        format: _Format = _Format.RST,  # noqa: A002 flytekit's name
    ) -> None:
        self.value = value
        self.uri = uri
        self.icon_link = icon_link
        self.format = format

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        return _messages().Description(
            value=self.value or None, uri=self.uri or None, format=self.format.value, icon_link=self.icon_link
        )

    @classmethod
    def from_flyte_idl(cls, pb2_object: Any) -> Self:
        """The record of such a message."""
        pb = pb2_object
        return cls(pb.value or None, pb.uri or None, pb.icon_link or None, _Format(pb.format))


class SourceCode(MessageRecord):
    """Where the source is to be had."""

    link: str | None

    def __init__(self, link: str | None = None) -> None:
        self.link = link

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        return _messages().SourceCode(link=self.link)

    @classmethod
    def from_flyte_idl(cls, pb2_object: Any) -> Self | None:
        """The record of such a message; None if it is empty."""
        return cls(pb2_object.link) if pb2_object.link else None


class Documentation(MessageRecord):
    """A short text, a long one, and the source."""

    short_description: str | None
    long_description: Description | None
    source_code: SourceCode | None

    def __init__(
        self,
        short_description: str | None = None,
        long_description: Description | None = None,
        source_code: SourceCode | None = None,
    ) -> None:
        self.short_description = short_description
        self.long_description = long_description
        self.source_code = source_code

    def to_flyte_idl(self) -> Any:
        """The message of `flyteidl`."""
        return _messages().DescriptionEntity(
            short_description=self.short_description,
            long_description=self.long_description.to_flyte_idl() if self.long_description else None,
            source_code=self.source_code.to_flyte_idl() if self.source_code else None,
        )

    @classmethod
    def from_flyte_idl(cls, pb2_object: Any) -> Self:
        """The record of such a message."""
        pb = pb2_object
        return cls(
            pb.short_description,
            Description.from_flyte_idl(pb.long_description) if pb.long_description else None,
            SourceCode.from_flyte_idl(pb.source_code) if pb.source_code else None,
        )


def _messages() -> Any:
    from wingbeat.idl import raw

    return raw.messages("admin.description_entity_pb2")
