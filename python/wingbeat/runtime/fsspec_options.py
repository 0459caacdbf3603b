"""The keywords for fsspec's drivers, of settings as records (runtime contract 3.3)."""

from __future__ import annotations

import os

from wingbeat.runtime.storage_settings import AzureBlobStorageConfig, DataConfig, S3Config

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["azure_setup_args", "get_additional_fsspec_call_kwargs", "get_fsspec_storage_options", "s3_setup_args"]


def s3_setup_args(s3_cfg: S3Config, anonymous: bool = False) -> dict[str, Any]:
    """For s3fs. Whatever the addressing style is called, it is the virtual one, as in flytekit."""
    options: dict[str, Any] = {"cache_regions": True}
    if s3_cfg.access_key_id:
        options["key"] = s3_cfg.access_key_id
    if s3_cfg.secret_access_key:
        options["secret"] = s3_cfg.secret_access_key
    if s3_cfg.endpoint is not None:
        options["client_kwargs"] = {"endpoint_url": s3_cfg.endpoint}
    if s3_cfg.adressing_style:
        options["config_kwargs"] = {"s3": {"addressing_style": "virtual"}}
    return {**options, "anon": True} if anonymous else options


def azure_setup_args(azure_cfg: AzureBlobStorageConfig, anonymous: bool = False) -> dict[str, Any]:
    """For adlfs."""
    names = ("account_name", "account_key", "client_id", "client_secret", "tenant_id")
    given = {name: getattr(azure_cfg, name) for name in names}
    return {**{name: value for name, value in given.items() if value}, "anon": anonymous}


def get_fsspec_storage_options(
    protocol: str, data_config: DataConfig | None = None, anonymous: bool = False, **kwargs: Any
) -> dict[str, Any]:
    """For the driver of a scheme.

    Args:
        protocol: The scheme: `s3`.
        data_config: The settings; by default those of the environment.
        anonymous: Whether everybody may read the data.
        kwargs: More keywords; they win. Those for a scheme that flytekit does not know are dropped.

    Raises:
        ValueError: the configuration file cannot be read.
    """
    settings = data_config or DataConfig.auto()
    if protocol == "file":
        return {"auto_mkdir": True, **kwargs}
    if protocol == "s3":
        return {**s3_setup_args(settings.s3, anonymous), **kwargs}
    if protocol == "gs":
        return {**kwargs, "token": "anon"} if anonymous else kwargs
    if protocol in ("abfs", "abfss"):
        return {**azure_setup_args(settings.azure, anonymous), **kwargs}
    return {}


def get_additional_fsspec_call_kwargs(protocol: str | tuple[str, ...], method_name: str) -> dict[str, Any]:
    """For one call of a driver's method: the size of a chunk in bytes where it uploads."""
    first = protocol[0] if isinstance(protocol, tuple) else protocol
    if method_name.replace("_", "") != "put" or first not in ("s3", "gs"):
        return {}
    return {"chunksize": int(os.environ.get("_F_P_WRITE_CHUNK_SIZE", "26214400"))}
