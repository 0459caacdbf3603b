"""flytekit.configuration: settings."""

from __future__ import annotations

from wingbeat.flytekit_compat.names.reasons import CLUSTER

MODULES: dict[str, dict[str, str]] = {
    "flytekit.configuration": {
        "AzureBlobStorageConfig": "wingbeat.runtime.storage_settings",
        "Config": CLUSTER,
        "DataConfig": "wingbeat.runtime.storage_settings",
        "EntrypointSettings": "wingbeat.runtime.serialization",
        "FastSerializationSettings": "wingbeat.runtime.serialization",
        "GCSConfig": "wingbeat.runtime.storage_settings",
        "GenericPersistenceConfig": "wingbeat.runtime.storage_settings",
        "Image": "wingbeat.runtime.images",
        "ImageConfig": "wingbeat.runtime.images",
        "LocalConfig": "wingbeat.runtime.storage_settings",
        "PlatformConfig": CLUSTER,
        "S3Config": "wingbeat.runtime.storage_settings",
        "SecretsConfig": "wingbeat.runtime.storage_settings",
        "SerializationSettings": "wingbeat.runtime.serialization",
        "StatsConfig": "wingbeat.runtime.storage_settings",
        "_parse_image_identifier": "wingbeat.runtime.images:parse",
    },
    "flytekit.configuration.default_images": {
        "DefaultImages": "wingbeat.runtime.images",
        "PythonVersion": "wingbeat.runtime.images",
    },
}
