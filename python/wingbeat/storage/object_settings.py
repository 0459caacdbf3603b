"""How the environment configures obstore (runtime contract 3.3).

What is not set here is left to its own search: the variables `AWS_*`, `GOOGLE_*` and `AZURE_*`, the identity that the
pod has got from its cluster, and the metadata service of the machine.
"""

from __future__ import annotations

import os

from wingbeat.storage import limits
from wingbeat.storage.object_errors import NotExpressibleError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Environment variable -> parameter of obstore.
AZURE = {
    "FLYTE_AZURE_STORAGE_ACCOUNT_NAME": "account_name",
    "FLYTE_AZURE_STORAGE_ACCOUNT_KEY": "account_key",
    "FLYTE_AZURE_CLIENT_ID": "client_id",
    "FLYTE_AZURE_CLIENT_SECRET": "client_secret",
    "FLYTE_AZURE_TENANT_ID": "tenant_id",
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
    from datetime import timedelta

    # Without an end of its own: a large part may take long, and is given up when nothing comes any more.
    wait = {"timeout": "7d", "read_timeout": f"{limits.timeout()}s", "connect_timeout": f"{limits.connect_timeout()}s"}
    return {
        "client_options": {**wait, "allow_http": True},
        "retry_config": {"max_retries": retries, "retry_timeout": timedelta(minutes=10)},
    }


def s3(bucket: str, *, anonymous: bool) -> dict[str, Any]:
    """The parameters of `S3Store`.

    Raises:
        ValueError: `FLYTE_AWS_ADDRESSING_STYLE` is none.
        NotExpressibleError: the credentials are of a kind that botocore only can find.
    """
    options: dict[str, Any] = {}
    endpoint = os.environ.get("FLYTE_AWS_ENDPOINT")
    style = os.environ.get("FLYTE_AWS_ADDRESSING_STYLE") or "auto"
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
    key, secret = os.environ.get("FLYTE_AWS_ACCESS_KEY_ID"), os.environ.get("FLYTE_AWS_SECRET_ACCESS_KEY")
    if key and secret:
        # Not as parameters: they would be joined with a token of AWS_SESSION_TOKEN, which belongs to other keys.
        options["credential_provider"] = provider(key, secret, None)
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
        options["credential_provider"] = provider(
            found["aws_access_key_id"], found["aws_secret_access_key"], found.get("aws_session_token")
        )
        return options
    if found.keys() & {"role_arn", "sso_session", "sso_start_url", "credential_process", "web_identity_token_file"}:
        raise NotExpressibleError("the credentials of this profile are for botocore")
    return options


def azure(*, anonymous: bool) -> dict[str, Any]:
    """The parameters of `AzureStore`."""
    options: dict[str, Any] = {parameter: os.environ[name] for name, parameter in AZURE.items() if os.environ.get(name)}
    return {**options, "skip_signature": True} if anonymous else options


def gs(*, anonymous: bool) -> dict[str, Any]:
    """The parameters of `GCSStore`."""
    options: dict[str, Any] = {}
    emulator = os.environ.get("STORAGE_EMULATOR_HOST")
    if emulator:
        options["base_url"] = emulator if "://" in emulator else f"http://{emulator}"
    return {**options, "skip_signature": True} if anonymous or emulator else options
