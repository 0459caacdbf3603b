"""modules outside of the other parts: decks, images, logs and all other modules."""

from __future__ import annotations

from wingbeat.flytekit_compat.names.reasons import CLUSTER

MODULES: dict[str, dict[str, str]] = {
    "flytekit.constants": {
        "CopyFileDetection": "wingbeat.authoring.copy_mode",
    },
    "flytekit.deck.deck": {
        "Deck": "wingbeat.runtime.deck.deck",
        "DeckField": "wingbeat.runtime.deck.field",
        "TimeLineDeck": "wingbeat.runtime.deck.timeline",
    },
    "flytekit.deck.renderer": {
        "ArrowRenderer": "wingbeat.types.renderers",
        "MarkdownRenderer": "wingbeat.runtime.deck.renderers",
        "PythonDependencyRenderer": "wingbeat.runtime.deck.dependencies",
        "Renderable": "wingbeat.runtime.deck.renderable",
        "SourceCodeRenderer": "wingbeat.runtime.deck.source",
        "TopFrameRenderer": "wingbeat.types.renderers",
    },
    "flytekit.image_spec.image_spec": {
        "ImageBuildEngine": "wingbeat.authoring.image_spec",
        "ImageSpec": "wingbeat.authoring.image_spec",
        "ImageSpecBuilder": "wingbeat.authoring.image_spec",
        "validate_container_registry_name": "wingbeat.authoring.image_spec",
    },
    "flytekit.interfaces.random": {
        "random": "wingbeat.authoring.random_numbers",
        "seed_flyte_random": "wingbeat.authoring.random_numbers",
    },
    "flytekit.interfaces.stats.taggable": {
        "TaggableStats": "wingbeat.runtime.stats",
    },
    "flytekit.lazy_import.lazy_module": {
        "_LazyModule": "wingbeat.authoring.lazy_module:LazyModule",
        "is_imported": "wingbeat.authoring.lazy_module",
        "lazy_module": "wingbeat.authoring.lazy_module",
    },
    "flytekit.loggers": {
        "developer_logger": "wingbeat.runtime.loggers",
        "get_level_from_cli_verbosity": "wingbeat.runtime.loggers",
        "is_display_progress_enabled": "wingbeat.runtime.loggers",
        "is_rich_logging_enabled": "wingbeat.runtime.loggers",
        "logger": "wingbeat.runtime.loggers",
        "set_developer_properties": "wingbeat.runtime.loggers",
        "set_flytekit_log_properties": "wingbeat.runtime.loggers",
        "set_user_logger_properties": "wingbeat.runtime.loggers",
        "user_space_logger": "wingbeat.runtime.loggers",
    },
    "flytekit.sensor.base_sensor": {
        "BaseSensor": "wingbeat.authoring.sensor",
        "SensorConfig": "wingbeat.authoring.sensor",
        "SensorMetadata": "wingbeat.authoring.sensor",
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.sensor.file_sensor": {
        "FileSensor": "wingbeat.authoring.sensor",
    },
    "flytekit.sensor.sensor_engine": {
        "SensorEngine": CLUSTER,
    },
    "flytekit.utils.asyn": {
        "P": "wingbeat.authoring.type_variables",
        "T": "wingbeat.authoring.type_variables",
        "loop_manager": "wingbeat.types.event_loops",
        "run_sync": "wingbeat.types.event_loops",
    },
    "flytekit.utils.pbhash": {
        "compute_hash": "wingbeat.types.hashing",
        "compute_hash_string": "wingbeat.types.hashing",
    },
}
