"""How Flyte's settings reach the storage drivers (runtime contract 3.3)."""

from __future__ import annotations

from wingbeat import configuration
from wingbeat.storage import limits, retry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Option of the section `azure` -> parameter of adlfs.
AZURE = {
    "storage_account_name": "account_name",
    "storage_account_key": "account_key",
    "client_id": "client_id",
    "client_secret": "client_secret",
    "tenant_id": "tenant_id",
}


def storage_options(scheme: str, *, anonymous: bool = False) -> dict[str, Any]:
    """The keywords for fsspec's driver of a scheme; what is not set is left to the driver's own search.

    `anonymous` is for data that everybody may read.
    """
    if scheme in ("s3", "s3a"):
        return {**s3_options(), "anon": True} if anonymous else s3_options()
    if scheme in ("abfs", "abfss", "az"):
        options: dict[str, Any] = configuration.named("azure", AZURE)
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
            "max_pool_connections": limits.transfers(),
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
    if key := configuration.text("aws", "access_key_id"):
        options["key"] = key
    if secret := configuration.text("aws", "secret_access_key"):
        options["secret"] = secret
    if endpoint := configuration.text("aws", "endpoint"):
        options["client_kwargs"] = {"endpoint_url": endpoint}
    if style := configuration.text("aws", "addressing_style"):
        options["config_kwargs"] = {"s3": {"addressing_style": style}}
    return options
