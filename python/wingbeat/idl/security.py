"""The messages of `flyteidl/core/security.proto`: what a task runs as, and the secrets that it may read.

`Secret` itself is not here: it is a name that authors use, so it is made without protobuf in mind. Whatever has a
`to_flyte_idl` may stand in `SecurityContext.secrets`.
"""

from __future__ import annotations

from enum import IntEnum

from wingbeat.idl.model import Model, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _listed(value: Any) -> Any:
    """A single one as a list of one."""
    return value if not value or isinstance(value, list) else [value]


class OAuth2Client(Model, proto="security_pb2.OAuth2Client"):
    """A client of an OAuth 2 provider; its secret is a `Secret`."""

    client_id: str
    client_secret: Any


class Identity(Model, proto="security_pb2.Identity"):
    """What a task runs as."""

    iam_role: str | None = field(default=None, empty_is_none=True)
    k8s_service_account: str | None = field(default=None, empty_is_none=True)
    oauth2_client: OAuth2Client | None = None
    execution_identity: str | None = field(default=None, empty_is_none=True)


class OAuth2TokenRequest(Model, proto="security_pb2.OAuth2TokenRequest"):
    """A token that is fetched for a task."""

    class Type(IntEnum):
        """How it is fetched."""

        CLIENT_CREDENTIALS = 0

    name: str
    client: OAuth2Client | None = None
    idp_discovery_endpoint: str | None = None
    token_endpoint: str | None = None
    type_: Any = field(default=Type.CLIENT_CREDENTIALS, proto="type")


class SecurityContext(Model, proto="security_pb2.SecurityContext"):
    """What a task runs as, and which secrets and tokens it gets."""

    run_as: Identity | None = None
    secrets: Any = field(default=None, adapt=_listed, empty_is_none=True)
    tokens: Any = field(default=None, adapt=_listed, empty_is_none=True)

    def to_flyte_idl(self) -> Any:
        """The message; None if nothing is set."""
        return None if self.run_as is None and self.secrets is None and self.tokens is None else super().to_flyte_idl()
