"""flytekit.core: tasks, contexts, types: what authors and plugins build on."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit.core.annotation": {
        "FlyteAnnotation": "wingbeat.types.annotation",
    },
    "flytekit.core.array_node": {
        "ArrayNode": "wingbeat.authoring.array_node",
        "array_node": "wingbeat.authoring.array_node",
    },
    "flytekit.core.array_node_map_task": {
        "ArrayNodeMapTask": "wingbeat.authoring.map_task",
        "ArrayNodeMapTaskResolver": "wingbeat.runtime.resolvers.map_task",
        "array_node_map_task": "wingbeat.authoring.map_task",
        "map_task": "wingbeat.authoring.map_task",
    },
    "flytekit.core.base_sql_task": {
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.core.base_task": {
        "IgnoreOutputs": "wingbeat.exceptions",
        "PythonTask": "wingbeat.authoring.base_task",
        "T": "wingbeat.authoring.type_variables",
        "TaskResolverMixin": "wingbeat.runtime.resolvers.mixin",
        "kwtypes": "wingbeat.types.annotation",
    },
    "flytekit.core.cache": {
        "Cache": "wingbeat.authoring.cache",
        "CachePolicy": "wingbeat.authoring.cache",
        "FuncOut": "wingbeat.authoring.type_variables",
        "P": "wingbeat.authoring.type_variables",
        "VersionParameters": "wingbeat.authoring.cache",
    },
    "flytekit.core.checkpointer": {
        "Checkpoint": "wingbeat.runtime.checkpoint",
        "SyncCheckpoint": "wingbeat.runtime.checkpoint",
    },
    "flytekit.core.class_based_resolver": {
        "ClassStorageTaskResolver": "wingbeat.runtime.resolvers.class_storage",
    },
    "flytekit.core.condition": {
        "conditional": "wingbeat.authoring.condition",
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
        "azure_setup_args": "wingbeat.runtime.fsspec_options",
        "get_additional_fsspec_call_kwargs": "wingbeat.runtime.fsspec_options",
        "get_fsspec_storage_options": "wingbeat.runtime.fsspec_options",
        "s3_setup_args": "wingbeat.runtime.fsspec_options",
    },
    "flytekit.core.environment": {
        "P": "wingbeat.authoring.type_variables",
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.core.gate": {
        "approve": "wingbeat.authoring.gate",
        "sleep": "wingbeat.authoring.gate",
        "wait_for_input": "wingbeat.authoring.gate",
    },
    "flytekit.core.hash": {
        "HashMethod": "wingbeat.types.hash",
        "HashOnReferenceMixin": "wingbeat.types.hash",
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.core.interface": {
        "Interface": "wingbeat.authoring.interface",
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.core.launch_plan": {
        "LaunchPlan": "wingbeat.authoring.launch_plan",
        "ReferenceLaunchPlan": "wingbeat.authoring.reference",
        "reference_launch_plan": "wingbeat.authoring.reference",
    },
    "flytekit.core.legacy_map_task": {
        "MapPythonTask": "wingbeat.authoring.map_task",
        "MapTaskResolver": "wingbeat.runtime.resolvers.map_task",
        "map_task": "wingbeat.authoring.map_task:legacy_map_task",
    },
    "flytekit.core.node": {
        "Node": "wingbeat.authoring.node",
    },
    "flytekit.core.node_creation": {
        "create_node": "wingbeat.authoring.node_creation",
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
    "flytekit.core.promise": {
        "ComparisonExpression": "wingbeat.authoring.condition",
        "ComparisonOps": "wingbeat.authoring.condition",
        "ConjunctionExpression": "wingbeat.authoring.condition",
        "ConjunctionOps": "wingbeat.authoring.condition",
        "NodeOutput": "wingbeat.authoring.promise",
        "Promise": "wingbeat.authoring.promise",
        "T": "wingbeat.authoring.type_variables",
        "VoidPromise": "wingbeat.authoring.promise",
    },
    "flytekit.core.python_auto_container": {
        "DefaultNotebookTaskResolver": "wingbeat.runtime.resolvers.notebook",
        "DefaultTaskResolver": "wingbeat.runtime.loading",
        "PickledEntity": "wingbeat.runtime.resolvers.notebook",
        "PickledEntityMetadata": "wingbeat.runtime.resolvers.notebook",
        "PythonAutoContainerTask": "wingbeat.authoring.auto_container_task",
        "T": "wingbeat.authoring.type_variables",
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
        "T": "wingbeat.authoring.type_variables",
        "eager_failure_task_resolver": "wingbeat.runtime.resolvers.eager_failure",
    },
    "flytekit.core.reference": {
        "get_reference_entity": "wingbeat.authoring.reference",
    },
    "flytekit.core.reference_entity": {
        "LaunchPlanReference": "wingbeat.authoring.reference",
        "Reference": "wingbeat.authoring.reference",
        "ReferenceEntity": "wingbeat.authoring.reference",
        "ReferenceSpec": "wingbeat.authoring.reference",
        "ReferenceTemplate": "wingbeat.authoring.reference",
        "TaskReference": "wingbeat.authoring.reference",
        "WorkflowReference": "wingbeat.authoring.reference",
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
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.core.task": {
        "FuncOut": "wingbeat.authoring.type_variables",
        "P": "wingbeat.authoring.type_variables",
        "ReferenceTask": "wingbeat.authoring.reference_task",
        "T": "wingbeat.authoring.type_variables",
        "reference_task": "wingbeat.authoring.reference_task",
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
        "T": "wingbeat.authoring.type_variables",
        "TypeEngine": "wingbeat.types.engine",
        "TypeTransformer": "wingbeat.types.transformer",
        "TypeTransformerFailedError": "wingbeat.errors",
        "is_annotated": "wingbeat.types.hints",
        "strict_type_hint_matching": "wingbeat.types.matching",
    },
    "flytekit.core.type_helpers": {
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.core.type_match_checking": {
        "literal_types_match": "wingbeat.types.castable",
    },
    "flytekit.core.utils": {
        "AutoDeletingTempDir": "wingbeat.runtime.folders",
        "Directory": "wingbeat.runtime.folders",
        "_dnsify": "wingbeat.authoring.dns_name:dns_name",
        "has_return_statement": "wingbeat.authoring.texts",
        "load_proto_from_file": "wingbeat.idl.files",
        "str2bool": "wingbeat.authoring.texts",
        "timeit": "wingbeat.runtime.deck.timer",
        "write_proto_to_file": "wingbeat.idl.files",
    },
    "flytekit.core.workflow": {
        "FuncOut": "wingbeat.authoring.type_variables",
        "GLOBAL_START_NODE": "wingbeat.authoring.imperative_workflow",
        "ImperativeWorkflow": "wingbeat.authoring.imperative_workflow",
        "P": "wingbeat.authoring.type_variables",
        "PythonFunctionWorkflow": "wingbeat.authoring.workflow",
        "ReferenceWorkflow": "wingbeat.authoring.reference",
        "T": "wingbeat.authoring.type_variables",
        "WorkflowBase": "wingbeat.authoring.workflow",
        "WorkflowFailurePolicy": "wingbeat.authoring.workflow_settings",
        "WorkflowMetadata": "wingbeat.authoring.workflow_settings",
        "WorkflowMetadataDefaults": "wingbeat.authoring.workflow_settings",
        "reference_workflow": "wingbeat.authoring.reference",
        "workflow": "wingbeat.authoring.workflow",
    },
}
