"""The platform's settings as records: stores, secrets, statistics, the local cache (runtime contract 3.3)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from wingbeat import configuration

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Self

__all__ = [
    "AzureBlobStorageConfig",
    "DataConfig",
    "GCSConfig",
    "GenericPersistenceConfig",
    "LocalConfig",
    "S3Config",
    "SecretsConfig",
    "StatsConfig",
]


def _flag(text: str) -> bool:
    return text.lower() not in configuration.FALSE


def _number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


def _seconds(text: str) -> datetime.timedelta:
    return datetime.timedelta(seconds=int(text))


class Settings:
    """Base of the records: `SECTION` and `OPTIONS` say where a field is set, and what becomes of the text."""

    SECTION: ClassVar[str] = ""
    OPTIONS: ClassVar[dict[str, tuple[str, Callable[[str], Any]]]] = {}

    @classmethod
    def auto(cls, config_file: str | None = None) -> Self:
        """What the environment says, else a configuration file: this one, or the first that is found.

        Raises:
            ValueError: the file cannot be read.
        """
        given = {}
        for field, (option, convert) in cls.OPTIONS.items():
            text = configuration.text(cls.SECTION, option, config_file)
            if text is not None:
                given[field] = convert(text)
        return cls(**given)


@dataclass(frozen=True)
class S3Config(Settings):
    """Of an S3 store."""

    enable_debug: bool = False
    endpoint: str | None = None
    retries: int = 3
    backoff: datetime.timedelta = datetime.timedelta(seconds=5)
    access_key_id: str | None = None
    secret_access_key: str | None = None
    adressing_style: str | None = None

    SECTION = "aws"
    OPTIONS: ClassVar[dict[str, tuple[str, Callable[[str], Any]]]] = {
        "enable_debug": ("enable_debug", _flag),
        "endpoint": ("endpoint", str),
        "retries": ("retries", _number),
        "backoff": ("backoff_seconds", _seconds),
        "access_key_id": ("access_key_id", str),
        "secret_access_key": ("secret_access_key", str),
        "adressing_style": ("addressing_style", str),
    }


@dataclass(frozen=True)
class GCSConfig(Settings):
    """Of a Google Cloud store."""

    gsutil_parallelism: bool = False

    SECTION = "gcp"
    OPTIONS: ClassVar[dict[str, tuple[str, Callable[[str], Any]]]] = {
        "gsutil_parallelism": ("gsutil_parallelism", _flag)
    }


@dataclass(frozen=True)
class GenericPersistenceConfig(Settings):
    """Of any store."""

    attach_execution_metadata: bool = True

    SECTION = "persistence"
    OPTIONS: ClassVar[dict[str, tuple[str, Callable[[str], Any]]]] = {
        "attach_execution_metadata": ("attach_execution_metadata", _flag)
    }


@dataclass(frozen=True)
class AzureBlobStorageConfig(Settings):
    """Of an Azure store."""

    account_name: str | None = None
    account_key: str | None = None
    tenant_id: str | None = None
    client_id: str | None = None
    client_secret: str | None = None

    SECTION = "azure"
    OPTIONS: ClassVar[dict[str, tuple[str, Callable[[str], Any]]]] = {
        "account_name": ("storage_account_name", str),
        "account_key": ("storage_account_key", str),
        "tenant_id": ("tenant_id", str),
        "client_id": ("client_id", str),
        "client_secret": ("client_secret", str),
    }


@dataclass(frozen=True)
class DataConfig:
    """Of all stores."""

    s3: S3Config = S3Config()
    gcs: GCSConfig = GCSConfig()
    azure: AzureBlobStorageConfig = AzureBlobStorageConfig()
    generic: GenericPersistenceConfig = GenericPersistenceConfig()

    @classmethod
    def auto(cls, config_file: str | None = None) -> DataConfig:
        """What the environment and a configuration file say. Raises ValueError if the file cannot be read."""
        return cls(
            S3Config.auto(config_file),
            GCSConfig.auto(config_file),
            AzureBlobStorageConfig.auto(config_file),
            GenericPersistenceConfig.auto(config_file),
        )


@dataclass(frozen=True)
class SecretsConfig(Settings):
    """Where secrets are looked for."""

    env_prefix: str = "_FSEC_"
    default_dir: str = "/etc/secrets"
    file_prefix: str = ""

    SECTION = "secrets"
    OPTIONS: ClassVar[dict[str, tuple[str, Callable[[str], Any]]]] = {
        "env_prefix": ("env_prefix", str),
        "default_dir": ("default_dir", str),
        "file_prefix": ("file_prefix", str),
    }


@dataclass(frozen=True)
class StatsConfig(Settings):
    """Where statistics go. They are in the section of the secrets, as in flytekit."""

    host: str = "localhost"
    port: int = 8125
    disabled: bool = False
    disabled_tags: bool = False

    SECTION = "secrets"
    OPTIONS: ClassVar[dict[str, tuple[str, Callable[[str], Any]]]] = {
        "host": ("host", str),
        "port": ("port", _number),
        "disabled": ("disabled", _flag),
        "disabled_tags": ("disable_tags", _flag),
    }


@dataclass(frozen=True)
class LocalConfig(Settings):
    """Of local runs."""

    cache_enabled: bool = True
    cache_overwrite: bool = False

    SECTION = "local"
    OPTIONS: ClassVar[dict[str, tuple[str, Callable[[str], Any]]]] = {
        "cache_enabled": ("cache_enabled", _flag),
        "cache_overwrite": ("cache_overwrite", _flag),
    }
