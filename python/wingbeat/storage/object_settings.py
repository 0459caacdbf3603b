"""How the environment configures obstore (runtime contract 3.3).

What is not set here is left to its own search: the variables `AWS_*`, `GOOGLE_*` and `AZURE_*`, the identity that the
pod has got from its cluster, and the metadata service of the machine.
"""

from __future__ import annotations

import os

from wingbeat import configuration
from wingbeat.storage import limits
from wingbeat.storage.object_errors import NotExpressibleError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Option of the section `azure` -> parameter of obstore.
AZURE = {
    "storage_account_name": "account_name",
    "storage_account_key": "account_key",
    "client_id": "client_id",
    "client_secret": "client_secret",
    "tenant_id": "tenant_id",
}
#: Beginnings of the names of all variables that count.
PREFIXES = ("AWS_", "AZURE_", "FLYTE_A", "GOOGLE_", "STORAGE_EMULATOR_", "WINGBEAT_STORAGE_", "HOME")
#: What says that credentials come from somewhere else than a file of profiles.
IDENTITIES = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)


def fingerprint() -> tuple[tuple[str, str], ...]:
    """The variables that a store was made from."""
    return tuple((name, value) for name, value in os.environ.items() if name.startswith(PREFIXES))


def client_options(*, retries: int) -> dict[str, Any]:
    """What is the same for all stores. `retries` is what obstore does by itself."""
    # Without an end of its own: a large part may take long, and is given up when nothing comes any more.
    wait = {"timeout": "7d", "read_timeout": f"{limits.timeout()}s", "connect_timeout": f"{limits.connect_timeout()}s"}
    return {"client_options": {**wait, "allow_http": True}, "retry_config": {"max_retries": retries}}


def s3(bucket: str, *, anonymous: bool) -> dict[str, Any]:
    """The parameters of `S3Store`.

    Raises:
        ValueError: `FLYTE_AWS_ADDRESSING_STYLE` is none.
        NotExpressibleError: the credentials are of a kind that botocore only can find.
    """
    options: dict[str, Any] = {}
    endpoint = configuration.text("aws", "endpoint")
    style = configuration.text("aws", "addressing_style") or "auto"
    if style not in ("auto", "path", "virtual"):
        raise ValueError(f"FLYTE_AWS_ADDRESSING_STYLE={style!r}: expected 'auto', 'path' or 'virtual'")
    if endpoint:
        if style == "virtual":
            head, separator, host = endpoint.rpartition("://")
            endpoint = f"{head}{separator}{bucket}.{host}"
        # Wins over AWS_ENDPOINT_URL_S3, as an endpoint that is given to botocore does.
        options["aws_endpoint_url_s3"] = endpoint.rstrip("/")
    if style == "virtual":
        options["virtual_hosted_style_request"] = True
    if anonymous:
        return {**options, "skip_signature": True}
    key, secret = configuration.text("aws", "access_key_id"), configuration.text("aws", "secret_access_key")
    if key and secret:
        if os.environ.get("AWS_SESSION_TOKEN") or os.environ.get("AWS_TOKEN"):
            # As parameters they would be joined with this token, which belongs to other keys.
            options["credential_provider"] = provider(key, secret, None)
        else:
            options |= {"access_key_id": key, "secret_access_key": secret}
    elif not any(os.environ.get(name) for name in IDENTITIES):
        options |= profile()
    return options


def provider(key: str, secret: str, token: str | None) -> Callable[[], dict[str, Any]]:
    """Credentials that do not change."""
    credentials = {"access_key_id": key, "secret_access_key": secret, "token": token, "expires_at": None}
    return lambda: credentials


def profile() -> dict[str, Any]:
    """What the files of the AWS command line say, if there are some.

    Raises:
        NotExpressibleError: it is for botocore.
        ValueError: they cannot be read.
    """
    home = os.path.join(os.path.expanduser("~"), ".aws")
    files = [
        os.environ.get("AWS_SHARED_CREDENTIALS_FILE") or os.path.join(home, "credentials"),
        os.environ.get("AWS_CONFIG_FILE") or os.path.join(home, "config"),
    ]
    if not any(os.path.exists(name) for name in files):
        return {}
    from configparser import ConfigParser, Error

    parser = ConfigParser(interpolation=None)
    try:
        parser.read(files, "utf-8")
    except Error as error:
        raise ValueError(f"the credentials in {' or '.join(files)} cannot be read: {error}") from error
    name = os.environ.get("AWS_PROFILE") or "default"
    found = {
        key: value
        for section in (f"profile {name}", name)
        if parser.has_section(section)
        for key, value in parser.items(section)
    }
    options: dict[str, Any] = {}
    if "region" in found and not (os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")):
        options["region"] = found["region"]
    if "aws_access_key_id" in found and "aws_secret_access_key" in found and "role_arn" not in found:
        names = {"aws_access_key_id", "aws_secret_access_key", "aws_session_token"} & found.keys()
        return options | {name.removeprefix("aws_"): found[name] for name in names}
    if found.keys() & {"role_arn", "sso_session", "sso_start_url", "credential_process", "web_identity_token_file"}:
        raise NotExpressibleError("the credentials of this profile are for botocore")
    return options


def azure(*, anonymous: bool) -> dict[str, Any]:
    """The parameters of `AzureStore`."""
    options: dict[str, Any] = configuration.named("azure", AZURE)
    return {**options, "skip_signature": True} if anonymous else options


def gs(*, anonymous: bool) -> dict[str, Any]:
    """The parameters of `GCSStore`.

    Raises:
        NotExpressibleError: there is an emulator; the variable is for Google's own client.
    """
    if os.environ.get("STORAGE_EMULATOR_HOST"):
        raise NotExpressibleError("the emulator is for Google's own client")
    return {"skip_signature": True} if anonymous else {}
