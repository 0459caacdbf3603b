"""wingbeat runs Flyte tasks written in Python, fast.

Every public name is loaded on first use (PEP 562): `from wingbeat import task` loads what `task` needs and nothing
else, because the start of the process is part of the time of a task.

    >>> import wingbeat
    >>> wingbeat.Codec(list[int]).decode(bytes.fromhex("12080a060a040a020801"))
    [1]
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat import idl
    from wingbeat._core import __version__
    from wingbeat.authoring.artifact import Artifact
    from wingbeat.authoring.base_task import PythonTask
    from wingbeat.authoring.cache import Cache, CachePolicy, VersionParameters
    from wingbeat.authoring.class_decorator import ClassDecorator
    from wingbeat.authoring.concurrency import ConcurrencyLimitBehavior, ConcurrencyPolicy
    from wingbeat.authoring.condition import conditional
    from wingbeat.authoring.container_task import ContainerTask
    from wingbeat.authoring.documentation import Description, Documentation, SourceCode
    from wingbeat.authoring.dynamic_task import dynamic, eager
    from wingbeat.authoring.environment import Environment
    from wingbeat.authoring.function_task import PythonFunctionTask
    from wingbeat.authoring.gate import approve, sleep, wait_for_input
    from wingbeat.authoring.image_spec import ImageSpec
    from wingbeat.authoring.imperative_workflow import Workflow
    from wingbeat.authoring.instance_task import PythonInstanceTask
    from wingbeat.authoring.launch_plan import LaunchPlan
    from wingbeat.authoring.lazy_module import lazy_module
    from wingbeat.authoring.map_task import map_task
    from wingbeat.authoring.notification import Email, PagerDuty, Slack
    from wingbeat.authoring.options import Options
    from wingbeat.authoring.plugins import TaskPlugins
    from wingbeat.authoring.pod_template import PodTemplate
    from wingbeat.authoring.reference import (
        LaunchPlanReference,
        TaskReference,
        WorkflowReference,
        get_reference_entity,
        reference_launch_plan,
        reference_workflow,
    )
    from wingbeat.authoring.reference_task import reference_task
    from wingbeat.authoring.resources import Resources
    from wingbeat.authoring.schedule import CronSchedule, FixedRate
    from wingbeat.authoring.secret import Secret
    from wingbeat.authoring.sql_task import SQLTask
    from wingbeat.authoring.task import task
    from wingbeat.authoring.task_metadata import TaskMetadata
    from wingbeat.authoring.tracking import TrackedInstance
    from wingbeat.authoring.workflow import workflow
    from wingbeat.authoring.workflow_settings import WorkflowFailurePolicy
    from wingbeat.errors import MalformedLiteralError, RestrictedTypeError, TypeTransformerFailedError
    from wingbeat.flytekit_compat.acceleration import accelerate
    from wingbeat.idl import (
        Blob,
        BlobMetadata,
        BlobType,
        Literal,
        LiteralType,
        Scalar,
        StructuredDatasetMetadata,
        StructuredDatasetType,
    )
    from wingbeat.idl.common import Annotations, AuthRole, Labels
    from wingbeat.idl.execution import WorkflowExecutionPhase
    from wingbeat.idl.security import SecurityContext
    from wingbeat.runtime.checkpoint import Checkpoint
    from wingbeat.runtime.context import ExecutionParameters, current_context
    from wingbeat.runtime.context_manager import FlyteContextManager, new_context
    from wingbeat.runtime.deck.deck import Deck
    from wingbeat.runtime.deck.dependencies import PythonDependencyRenderer
    from wingbeat.runtime.deck.field import DeckField
    from wingbeat.runtime.deck.renderers import ImageRenderer, MarkdownRenderer, TableRenderer
    from wingbeat.runtime.deck.source import SourceCodeRenderer
    from wingbeat.runtime.deck.timer import timeit
    from wingbeat.runtime.flyte_context import FlyteContext
    from wingbeat.runtime.loggers import logger
    from wingbeat.runtime.many.face import ElementError, ElementResult, map_elements
    from wingbeat.runtime.resolvers.class_storage import ClassStorageTaskResolver
    from wingbeat.runtime.resolvers.mixin import TaskResolverMixin
    from wingbeat.runtime.resolvers.template_task import ShimTaskExecutor
    from wingbeat.runtime.tasks.shell import OutputLocation, ShellTask
    from wingbeat.types.annotation import BatchSize, FlyteAnnotation, kwtypes
    from wingbeat.types.codec import Codec, InterfaceCodec
    from wingbeat.types.collection import Collection
    from wingbeat.types.directory import FlyteDirectory
    from wingbeat.types.engine import TypeEngine
    from wingbeat.types.error import FlyteError
    from wingbeat.types.file import FlyteFile
    from wingbeat.types.hash import HashMethod
    from wingbeat.types.renderers import TopFrameRenderer
    from wingbeat.types.structured_dataset.dataset import StructuredDataset
    from wingbeat.types.structured_dataset.handler import StructuredDatasetDecoder, StructuredDatasetEncoder
    from wingbeat.types.transformer import AsyncTypeTransformer, SimpleTransformer, TypeTransformer
    from wingbeat.types.transformers.structured_dataset import StructuredDatasetTransformerEngine

__all__ = [
    "Annotations",
    "Artifact",
    "AsyncTypeTransformer",
    "AuthRole",
    "BatchSize",
    "Blob",
    "BlobMetadata",
    "BlobType",
    "Cache",
    "CachePolicy",
    "Checkpoint",
    "ClassDecorator",
    "ClassStorageTaskResolver",
    "Codec",
    "Collection",
    "ConcurrencyLimitBehavior",
    "ConcurrencyPolicy",
    "ContainerTask",
    "CronSchedule",
    "Deck",
    "DeckField",
    "Description",
    "Documentation",
    "ElementError",
    "ElementResult",
    "Email",
    "Environment",
    "ExecutionParameters",
    "FixedRate",
    "FlyteAnnotation",
    "FlyteContext",
    "FlyteContextManager",
    "FlyteDirectory",
    "FlyteError",
    "FlyteFile",
    "HashMethod",
    "ImageRenderer",
    "ImageSpec",
    "InterfaceCodec",
    "Labels",
    "LaunchPlan",
    "LaunchPlanReference",
    "Literal",
    "LiteralType",
    "MalformedLiteralError",
    "MarkdownRenderer",
    "Options",
    "OutputLocation",
    "PagerDuty",
    "PodTemplate",
    "PythonDependencyRenderer",
    "PythonFunctionTask",
    "PythonInstanceTask",
    "PythonTask",
    "Resources",
    "RestrictedTypeError",
    "SQLTask",
    "Scalar",
    "Secret",
    "SecurityContext",
    "ShellTask",
    "ShimTaskExecutor",
    "SimpleTransformer",
    "Slack",
    "SourceCode",
    "SourceCodeRenderer",
    "StructuredDataset",
    "StructuredDatasetDecoder",
    "StructuredDatasetEncoder",
    "StructuredDatasetMetadata",
    "StructuredDatasetTransformerEngine",
    "StructuredDatasetType",
    "TableRenderer",
    "TaskMetadata",
    "TaskPlugins",
    "TaskReference",
    "TaskResolverMixin",
    "TopFrameRenderer",
    "TrackedInstance",
    "TypeEngine",
    "TypeTransformer",
    "TypeTransformerFailedError",
    "VersionParameters",
    "Workflow",
    "WorkflowExecutionPhase",
    "WorkflowFailurePolicy",
    "WorkflowReference",
    "__version__",
    "accelerate",
    "approve",
    "conditional",
    "current_context",
    "dynamic",
    "eager",
    "get_reference_entity",
    "idl",
    "kwtypes",
    "lazy_module",
    "logger",
    "map_elements",
    "map_task",
    "new_context",
    "reference_launch_plan",
    "reference_task",
    "reference_workflow",
    "sleep",
    "task",
    "timeit",
    "wait_for_input",
    "workflow",
]

# Public name -> module that defines it.
_HOMES = {
    "Blob": "wingbeat.idl",
    "BlobMetadata": "wingbeat.idl",
    "BlobType": "wingbeat.idl",
    "Literal": "wingbeat.idl",
    "LiteralType": "wingbeat.idl",
    "Scalar": "wingbeat.idl",
    "Checkpoint": "wingbeat.runtime.checkpoint",
    "lazy_module": "wingbeat.authoring.lazy_module",
    "logger": "wingbeat.runtime.loggers",
    "new_context": "wingbeat.runtime.context_manager",
    "__version__": "wingbeat._core",
    "Codec": "wingbeat.types.codec",
    "InterfaceCodec": "wingbeat.types.codec",
    "BatchSize": "wingbeat.types.annotation",
    "Collection": "wingbeat.types.collection",
    "FlyteAnnotation": "wingbeat.types.annotation",
    "kwtypes": "wingbeat.types.annotation",
    "FlyteError": "wingbeat.types.error",
    "FlyteFile": "wingbeat.types.file",
    "FlyteDirectory": "wingbeat.types.directory",
    "HashMethod": "wingbeat.types.hash",
    "StructuredDataset": "wingbeat.types.structured_dataset.dataset",
    "StructuredDatasetDecoder": "wingbeat.types.structured_dataset.handler",
    "StructuredDatasetEncoder": "wingbeat.types.structured_dataset.handler",
    "StructuredDatasetMetadata": "wingbeat.idl",
    "StructuredDatasetTransformerEngine": "wingbeat.types.transformers.structured_dataset",
    "StructuredDatasetType": "wingbeat.idl",
    "TypeEngine": "wingbeat.types.engine",
    "TypeTransformer": "wingbeat.types.transformer",
    "AsyncTypeTransformer": "wingbeat.types.transformer",
    "SimpleTransformer": "wingbeat.types.transformer",
    "TypeTransformerFailedError": "wingbeat.errors",
    "MalformedLiteralError": "wingbeat.errors",
    "RestrictedTypeError": "wingbeat.errors",
    "ExecutionParameters": "wingbeat.runtime.context",
    "FlyteContext": "wingbeat.runtime.flyte_context",
    "FlyteContextManager": "wingbeat.runtime.context_manager",
    "current_context": "wingbeat.runtime.context",
    "Deck": "wingbeat.runtime.deck.deck",
    "DeckField": "wingbeat.runtime.deck.field",
    "ImageRenderer": "wingbeat.runtime.deck.renderers",
    "MarkdownRenderer": "wingbeat.runtime.deck.renderers",
    "TableRenderer": "wingbeat.runtime.deck.renderers",
    "PythonDependencyRenderer": "wingbeat.runtime.deck.dependencies",
    "SourceCodeRenderer": "wingbeat.runtime.deck.source",
    "TopFrameRenderer": "wingbeat.types.renderers",
    "ClassStorageTaskResolver": "wingbeat.runtime.resolvers.class_storage",
    "TaskResolverMixin": "wingbeat.runtime.resolvers.mixin",
    "ShimTaskExecutor": "wingbeat.runtime.resolvers.template_task",
    "TrackedInstance": "wingbeat.authoring.tracking",
    "timeit": "wingbeat.runtime.deck.timer",
    "accelerate": "wingbeat.flytekit_compat.acceleration",
    "task": "wingbeat.authoring.task",
    "Artifact": "wingbeat.authoring.artifact",
    "Cache": "wingbeat.authoring.cache",
    "CachePolicy": "wingbeat.authoring.cache",
    "VersionParameters": "wingbeat.authoring.cache",
    "ConcurrencyLimitBehavior": "wingbeat.authoring.concurrency",
    "ConcurrencyPolicy": "wingbeat.authoring.concurrency",
    "conditional": "wingbeat.authoring.condition",
    "Description": "wingbeat.authoring.documentation",
    "Documentation": "wingbeat.authoring.documentation",
    "SourceCode": "wingbeat.authoring.documentation",
    "approve": "wingbeat.authoring.gate",
    "sleep": "wingbeat.authoring.gate",
    "wait_for_input": "wingbeat.authoring.gate",
    "ImageSpec": "wingbeat.authoring.image_spec",
    "Workflow": "wingbeat.authoring.imperative_workflow",
    "LaunchPlan": "wingbeat.authoring.launch_plan",
    "map_task": "wingbeat.authoring.map_task",
    "Email": "wingbeat.authoring.notification",
    "PagerDuty": "wingbeat.authoring.notification",
    "Slack": "wingbeat.authoring.notification",
    "Options": "wingbeat.authoring.options",
    "PodTemplate": "wingbeat.authoring.pod_template",
    "LaunchPlanReference": "wingbeat.authoring.reference",
    "TaskReference": "wingbeat.authoring.reference",
    "WorkflowReference": "wingbeat.authoring.reference",
    "get_reference_entity": "wingbeat.authoring.reference",
    "reference_launch_plan": "wingbeat.authoring.reference",
    "reference_workflow": "wingbeat.authoring.reference",
    "reference_task": "wingbeat.authoring.reference_task",
    "Resources": "wingbeat.authoring.resources",
    "CronSchedule": "wingbeat.authoring.schedule",
    "FixedRate": "wingbeat.authoring.schedule",
    "Secret": "wingbeat.authoring.secret",
    "workflow": "wingbeat.authoring.workflow",
    "WorkflowFailurePolicy": "wingbeat.authoring.workflow_settings",
    "Annotations": "wingbeat.idl.common",
    "AuthRole": "wingbeat.idl.common",
    "Labels": "wingbeat.idl.common",
    "WorkflowExecutionPhase": "wingbeat.idl.execution",
    "SecurityContext": "wingbeat.idl.security",
    "map_elements": "wingbeat.runtime.many.face",
    "ElementError": "wingbeat.runtime.many.face",
    "ElementResult": "wingbeat.runtime.many.face",
    "ClassDecorator": "wingbeat.authoring.class_decorator",
    "ContainerTask": "wingbeat.authoring.container_task",
    "Environment": "wingbeat.authoring.environment",
    "PythonFunctionTask": "wingbeat.authoring.function_task",
    "PythonInstanceTask": "wingbeat.authoring.instance_task",
    "PythonTask": "wingbeat.authoring.base_task",
    "SQLTask": "wingbeat.authoring.sql_task",
    "ShellTask": "wingbeat.runtime.tasks.shell",
    "OutputLocation": "wingbeat.runtime.tasks.shell",
    "TaskMetadata": "wingbeat.authoring.task_metadata",
    "TaskPlugins": "wingbeat.authoring.plugins",
    "dynamic": "wingbeat.authoring.dynamic_task",
    "eager": "wingbeat.authoring.dynamic_task",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is not None:
        # `__import__` with a fromlist returns the module itself; `importlib` would be one more import.
        value = getattr(__import__(home, fromlist=(name,)), name)
    elif name == "idl":
        value = __import__("wingbeat.idl", fromlist=("Literal",))
    else:
        raise AttributeError(f"module 'wingbeat' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
