"""What `@task` is told beyond the function: checked when the module is imported, put into records when asked for."""

from __future__ import annotations

from wingbeat.authoring.settings import check_cache, check_timeout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from wingbeat.authoring.task_metadata import TaskMetadata

#: The settings that are about the metadata.
METADATA = (
    *("cache", "cache_serialize", "cache_version", "cache_ignore_input_vars"),
    *("retries", "interruptible", "deprecated", "timeout"),
)


def check(settings: dict[str, Any]) -> None:
    """Refuse what the metadata would refuse.

    Raises:
        ValueError: naming the parameters that contradict each other.
    """
    names = ("cache", "cache_serialize", "cache_version", "cache_ignore_input_vars")
    check_cache(*(settings[name] for name in names))
    check_timeout(settings["timeout"])


def metadata(function: Callable[..., Any], settings: dict[str, Any]) -> TaskMetadata:
    """The metadata of a task. A `Cache` is asked for its version, which may read the sources of the function."""
    from wingbeat.authoring.task_metadata import TaskMetadata

    cache, version = settings["cache"], settings["cache_version"]
    serialize, ignored = settings["cache_serialize"], settings["cache_ignore_input_vars"]
    if not isinstance(cache, bool):
        from wingbeat.authoring.cache import VersionParameters

        image, template = settings["container_image"], settings["pod_template"]
        version = cache.get_version(VersionParameters(function, image, template, settings["pod_template_name"]))
        serialize, ignored, cache = cache.serialize, cache.get_ignored_inputs(), True
    return TaskMetadata(
        cache=cache,
        cache_serialize=serialize or False,
        cache_version=version or "",
        cache_ignore_input_vars=ignored or (),
        retries=settings["retries"],
        interruptible=settings["interruptible"],
        deprecated=settings["deprecated"],
        timeout=settings["timeout"],
    )
