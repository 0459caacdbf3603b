"""What `with_overrides` refuses (authoring spec 1.3)."""

from __future__ import annotations

from wingbeat.authoring.promise import Promise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.authoring.node import Node


def check(node: Node, given: dict[str, Any]) -> None:
    """Refuse what cannot be meant, in flytekit's order.

    Raises:
        AssertionError: a value is of another type, or the output of a node.
        ValueError: parameters contradict each other.
    """
    more = given["kwargs"]
    _no_promise(given["node_name"], "node_name")
    if given["aliases"] is not None and not isinstance(given["aliases"], dict):
        raise AssertionError("Aliases should be specified as dict[str, str]")
    _check_resources(given)
    config = given["task_config"]
    if config is not None and not isinstance(config, type(node.run_entity.task_config)):
        raise ValueError("can't change the type of the task config")
    for name in ("container_image", "accelerator", "shared_memory"):
        _no_promise(given[name], name)
    timeout = given["timeout"]
    if timeout is not None and timeout is not node.TIMEOUT_OVERRIDE_SENTINEL and not isinstance(timeout, int):
        from datetime import timedelta

        if not isinstance(timeout, timedelta):
            raise ValueError("timeout should be duration represented as either a datetime.timedelta or int seconds")
    for name in ("retries", "interruptible"):
        _no_promise(given[name], name)
    _check_cache(given["cache"], more)
    _no_promise(given["pod_template"], "podtemplate")


def _check_resources(given: dict[str, Any]) -> None:
    requests, limits, resources = given["requests"], given["limits"], given["resources"]
    if requests is None and limits is None and resources is None:
        return
    from wingbeat.authoring.resources import Resources, ResourceSpec

    if resources is not None:
        if limits is not None or requests is not None:
            raise ValueError(
                "`resource` can not be used together with the `limits` or `requests`. Please only set `resource`."
            )
        spec = ResourceSpec.from_multiple_resource(resources)
        requests, limits = spec.requests, spec.limits
    for name, record in (("requests", requests), ("limits", limits)):
        if record and not isinstance(record, Resources):
            raise AssertionError(f"{name} should be specified as flytekit.Resources")
    for record in (requests, limits):
        for value in record.to_dict().values() if record else ():
            if isinstance(value, list):
                raise ValueError(f"{tuple(value)} can not be a list or tuple")  # noqa: TRY004 flytekit's


def _check_cache(cache: Any, more: dict[str, Any]) -> None:
    if cache is None:
        return
    _no_promise(cache, "cache")
    from wingbeat.authoring.cache import Cache

    version, serialize = more.get("cache_version"), more.get("cache_serialize")
    if cache is True and version is None:
        cache = Cache(serialize=bool(serialize), ignored_inputs=more.get("cache_ignore_input_vars") or ())
    if isinstance(cache, Cache):
        if serialize is not None or version is not None:
            raise ValueError(
                "cache_serialize, cache_version, and cache_ignore_input_vars are deprecated. Please use Cache object"
            )
        if cache.version is None:
            raise ValueError("must specify cache version when overriding")
    _no_promise(version, "cache_version")
    _no_promise(serialize, "cache_serialize")


def _no_promise(value: Any, place: str) -> None:
    if isinstance(value, Promise):
        message = f"Cannot use a promise in the {place} Value: {value}"
        raise AssertionError(message)  # noqa: TRY004 flytekit's
