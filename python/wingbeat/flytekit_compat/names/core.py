"""flytekit.core: tasks, contexts, types: what authors and plugins build on."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit.core.annotation": {
        "FlyteAnnotation": "wingbeat.types.annotation",
    },
    "flytekit.core.array_node_map_task": {
        "ArrayNodeMapTaskResolver": "wingbeat.runtime.resolvers.map_task",
    },
    "flytekit.core.base_task": {
        "IgnoreOutputs": "wingbeat.exceptions",
        "PythonTask": "wingbeat.authoring.base_task",
        "TaskResolverMixin": "wingbeat.runtime.resolvers.mixin",
        "kwtypes": "wingbeat.types.annotation",
    },
    "flytekit.core.cache": {
        "Cache": "wingbeat.authoring.cache",
        "CachePolicy": "wingbeat.authoring.cache",
        "VersionParameters": "wingbeat.authoring.cache",
    },
    "flytekit.core.checkpointer": {
        "Checkpoint": "wingbeat.runtime.checkpoint",
        "SyncCheckpoint": "wingbeat.runtime.checkpoint",
    },
    "flytekit.core.class_based_resolver": {
        "ClassStorageTaskResolver": "wingbeat.runtime.resolvers.class_storage",
    },
    "flytekit.core.context_manager": {
        "ExecutionParameters": "wingbeat.runtime.context",
        "ExecutionState": "wingbeat.runtime.execution_state",
        "FlyteContext": "wingbeat.runtime.flyte_context",
        "FlyteContextManager": "wingbeat.runtime.context_manager",
        "FlyteEntities": "wingbeat.authoring.base_task",
        "OutputMetadata": "wingbeat.runtime.output_metadata",
        "OutputMetadataTracker": "wingbeat.runtime.output_metadata",
        "SecretsManager": "wingbeat.runtime.secrets",
    },
    "flytekit.core.data_persistence": {
        "FileAccessProvider": "wingbeat.runtime.file_access:FileAccess",
    },
    "flytekit.core.hash": {
        "HashMethod": "wingbeat.types.hash",
        "HashOnReferenceMixin": "wingbeat.types.hash",
    },
    "flytekit.core.interface": {
        "Interface": "wingbeat.authoring.interface",
    },
    "flytekit.core.legacy_map_task": {
        "MapTaskResolver": "wingbeat.runtime.resolvers.map_task",
    },
    "flytekit.core.notification": {
        "Email": "wingbeat.authoring.notification",
        "Notification": "wingbeat.authoring.notification",
        "PagerDuty": "wingbeat.authoring.notification",
        "Slack": "wingbeat.authoring.notification",
    },
    "flytekit.core.options": {
        "Options": "wingbeat.authoring.options",
    },
    "flytekit.core.pod_template": {
        "PodTemplate": "wingbeat.authoring.pod_template",
    },
    "flytekit.core.python_auto_container": {
        "DefaultNotebookTaskResolver": "wingbeat.runtime.resolvers.notebook",
        "DefaultTaskResolver": "wingbeat.runtime.loading",
        "PickledEntity": "wingbeat.runtime.resolvers.notebook",
        "PickledEntityMetadata": "wingbeat.runtime.resolvers.notebook",
        "PythonAutoContainerTask": "wingbeat.authoring.auto_container_task",
        "default_notebook_task_resolver": "wingbeat.runtime.resolvers.notebook",
        "default_task_resolver": "wingbeat.runtime.loading",
    },
    "flytekit.core.python_customized_container_task": {
        "TaskTemplateResolver": "wingbeat.runtime.resolvers.template",
        "default_task_template_resolver": "wingbeat.runtime.resolvers.template",
    },
    "flytekit.core.python_function_task": {
        "EagerFailureTaskResolver": "wingbeat.runtime.resolvers.eager_failure",
        "PythonFunctionTask": "wingbeat.authoring.task",
        "eager_failure_task_resolver": "wingbeat.runtime.resolvers.eager_failure",
    },
    "flytekit.core.resources": {
        "ResourceSpec": "wingbeat.authoring.resources",
        "Resources": "wingbeat.authoring.resources",
        "pod_spec_from_resources": "wingbeat.authoring.resources",
    },
    "flytekit.core.schedule": {
        "CronSchedule": "wingbeat.authoring.schedule",
        "FixedRate": "wingbeat.authoring.schedule",
        "LaunchPlanTriggerBase": "wingbeat.authoring.schedule",
        "OnSchedule": "wingbeat.authoring.schedule",
    },
    "flytekit.core.shim_task": {
        "ExecutableTemplateShimTask": "wingbeat.runtime.resolvers.template_task",
        "ShimTaskExecutor": "wingbeat.runtime.resolvers.template_task",
    },
    "flytekit.core.task": {
        "task": "wingbeat.authoring.task",
    },
    "flytekit.core.tracked_abc": {
        "FlyteTrackedABC": "wingbeat.authoring.auto_container_task",
    },
    "flytekit.core.tracker": {
        "InstanceTrackingMeta": "wingbeat.authoring.tracking",
        "TrackedInstance": "wingbeat.authoring.tracking",
        "extract_task_module": "wingbeat.authoring.naming",
    },
    "flytekit.core.type_engine": {
        "AsyncTypeTransformer": "wingbeat.types.transformer",
        "BatchSize": "wingbeat.types.annotation",
        "ProtobufTransformer": "wingbeat.types.transformers.protobuf",
        "RestrictedTypeError": "wingbeat.errors",
        "RestrictedTypeTransformer": "wingbeat.types.transformer",
        "SimpleTransformer": "wingbeat.types.transformer",
        "TypeEngine": "wingbeat.types.engine",
        "TypeTransformer": "wingbeat.types.transformer",
        "TypeTransformerFailedError": "wingbeat.errors",
        "is_annotated": "wingbeat.types.hints",
        "strict_type_hint_matching": "wingbeat.types.matching",
    },
    "flytekit.core.type_match_checking": {
        "literal_types_match": "wingbeat.types.castable",
    },
    "flytekit.core.utils": {
        "timeit": "wingbeat.runtime.deck.timer",
    },
}
