"""How Flyte's environment variables reach the storage drivers (runtime contract 3.3)."""

from __future__ import annotations

import os

from wingbeat.storage import limits, retry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Environment variable -> parameter of adlfs.
AZURE = {
    "FLYTE_AZURE_STORAGE_ACCOUNT_NAME": "account_name",
    "FLYTE_AZURE_STORAGE_ACCOUNT_KEY": "account_key",
    "FLYTE_AZURE_CLIENT_ID": "client_id",
    "FLYTE_AZURE_CLIENT_SECRET": "client_secret",
    "FLYTE_AZURE_TENANT_ID": "tenant_id",
}


def storage_options(scheme: str, *, anonymous: bool = False) -> dict[str, Any]:
    """The keywords for fsspec's driver of a scheme; what is not set is left to the driver's own search.

    `anonymous` is for data that everybody may read.
    """
    if scheme in ("s3", "s3a"):
        return {**s3_options(), "anon": True} if anonymous else s3_options()
    if scheme in ("abfs", "abfss", "az"):
        options: dict[str, Any] = {
            parameter: os.environ[name] for name, parameter in AZURE.items() if os.environ.get(name)
        }
        return {**options, "anon": anonymous}
    if scheme in ("gs", "gcs") and anonymous:
        return {"token": "anon"}
    return {}


def own_options(scheme: str, *, anonymous: bool, patient: bool) -> dict[str, Any]:
    """The keywords for the file systems that storage itself uses.

    They remember no listings, which other processes would make wrong, and give up a connection on which nothing
    comes. They do not try again by themselves: `retry` does, and says so. Of an upload in parts only they can send a
    part again: that is what `patient` is for.
    """
    options = storage_options(scheme, anonymous=anonymous)
    if scheme in ("s3", "s3a"):
        config = options.get("config_kwargs", {}) | {
            "connect_timeout": limits.connect_timeout(),
            "read_timeout": limits.timeout(),
            "retries": {"total_max_attempts": retry.retries() + 1 if patient else 1, "mode": "standard"},
        }
        return {**options, "config_kwargs": config, "use_listings_cache": False}
    if scheme in ("http", "https"):
        import aiohttp

        wait = aiohttp.ClientTimeout(total=None, sock_connect=limits.connect_timeout(), sock_read=limits.timeout())
        return {**options, "client_kwargs": {"timeout": wait}}
    return options


def s3_options() -> dict[str, Any]:
    """Endpoint, keys and addressing of an S3 store."""
    options: dict[str, Any] = {"cache_regions": True}
    if key := os.environ.get("FLYTE_AWS_ACCESS_KEY_ID"):
        options["key"] = key
    if secret := os.environ.get("FLYTE_AWS_SECRET_ACCESS_KEY"):
        options["secret"] = secret
    if endpoint := os.environ.get("FLYTE_AWS_ENDPOINT"):
        options["client_kwargs"] = {"endpoint_url": endpoint}
    if style := os.environ.get("FLYTE_AWS_ADDRESSING_STYLE"):
        options["config_kwargs"] = {"s3": {"addressing_style": style}}
    return options
