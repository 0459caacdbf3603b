"""Attributes of flytekit's classes that wingbeat's do not have.

Written by `make record-surface`, not by hand.
"""

from __future__ import annotations

#: Class of wingbeat -> whose place it takes, and which of its attributes are not there.
LACKING = {
    "wingbeat.runtime.serialization.EntrypointSettings": (
        "flytekit.configuration.EntrypointSettings",
        "dataclass_json_config schema",
    ),
    "wingbeat.runtime.serialization.FastSerializationSettings": (
        "flytekit.configuration.FastSerializationSettings",
        "dataclass_json_config schema",
    ),
    "wingbeat.runtime.images.Image": (
        "flytekit.configuration.Image",
        "dataclass_json_config schema",
    ),
    "wingbeat.runtime.images.ImageConfig": (
        "flytekit.configuration.ImageConfig",
        "dataclass_json_config schema",
    ),
    "wingbeat.runtime.serialization.SerializationSettings": (
        "flytekit.configuration.SerializationSettings",
        "dataclass_json_config schema",
    ),
    "wingbeat.authoring.array_node.ArrayNode": (
        "flytekit.core.array_node.ArrayNode",
        "interface local_execute local_execution_mode",
    ),
    "wingbeat.authoring.map_task.ArrayNodeMapTask": (
        "flytekit.core.array_node_map_task.ArrayNodeMapTask",
        "local_execute prepare_target sandbox_execute sub_node_metadata",
    ),
    "wingbeat.authoring.sql_task.SQLTask": (
        "flytekit.core.base_sql_task.SQLTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.authoring.base_task.PythonTask": (
        "flytekit.core.base_task.PythonTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.authoring.base_task.Task": (
        "flytekit.core.base_task.Task",
        "compile local_execute sandbox_execute",
    ),
    "wingbeat.authoring.container_task.ContainerTask": (
        "flytekit.core.container_task.ContainerTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.runtime.context.ExecutionParameters": (
        "flytekit.core.context_manager.ExecutionParameters",
        "attrs working_dir",
    ),
    "wingbeat.runtime.file_access.FileAccess": (
        "flytekit.core.data_persistence.FileAccessProvider",
        "recursive_paths",
    ),
    "wingbeat.authoring.reference.ReferenceLaunchPlan": (
        "flytekit.core.launch_plan.ReferenceLaunchPlan",
        "compile local_execute local_execution_mode unwrap_literal_map_and_execute",
    ),
    "wingbeat.authoring.legacy_map_task.MapPythonTask": (
        "flytekit.core.legacy_map_task.MapPythonTask",
        "local_execute prepare_target sandbox_execute",
    ),
    "wingbeat.runtime.loading.DefaultTaskResolver": (
        "flytekit.core.python_auto_container.DefaultTaskResolver",
        "find_lhs get_all_tasks instantiated_in lhs",
    ),
    "wingbeat.authoring.auto_container_task.PythonAutoContainerTask": (
        "flytekit.core.python_auto_container.PythonAutoContainerTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.runtime.tasks.customized_container.PythonCustomizedContainerTask": (
        "flytekit.core.python_customized_container_task.PythonCustomizedContainerTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.authoring.async_task.AsyncPythonFunctionTask": (
        "flytekit.core.python_function_task.AsyncPythonFunctionTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.authoring.async_task.EagerAsyncPythonFunctionTask": (
        "flytekit.core.python_function_task.EagerAsyncPythonFunctionTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.authoring.function_task.PythonFunctionTask": (
        "flytekit.core.python_function_task.PythonFunctionTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.authoring.instance_task.PythonInstanceTask": (
        "flytekit.core.python_function_task.PythonInstanceTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.authoring.reference.ReferenceEntity": (
        "flytekit.core.reference_entity.ReferenceEntity",
        "compile local_execute local_execution_mode unwrap_literal_map_and_execute",
    ),
    "wingbeat.runtime.resolvers.template_task.ExecutableTemplateShimTask": (
        "flytekit.core.shim_task.ExecutableTemplateShimTask",
        "dispatch_execute",
    ),
    "wingbeat.authoring.echo_task.Echo": (
        "flytekit.core.task.Echo",
        "local_execute sandbox_execute",
    ),
    "wingbeat.authoring.reference_task.ReferenceTask": (
        "flytekit.core.task.ReferenceTask",
        "local_execute sandbox_execute unwrap_literal_map_and_execute",
    ),
    "wingbeat.types.transformers.families.DataclassTransformer": (
        "flytekit.core.type_engine.DataclassTransformer",
        "to_generic_literal",
    ),
    "wingbeat.types.transformers.families.DictTransformer": (
        "flytekit.core.type_engine.DictTransformer",
        "dict_to_binary_literal dict_to_generic_literal",
    ),
    "wingbeat.runtime.deck.timer.timeit": (
        "flytekit.core.utils.timeit",
        "start_time",
    ),
    "wingbeat.authoring.imperative_workflow.ImperativeWorkflow": (
        "flytekit.core.workflow.ImperativeWorkflow",
        "compilation_state",
    ),
    "wingbeat.authoring.reference.ReferenceWorkflow": (
        "flytekit.core.workflow.ReferenceWorkflow",
        "unwrap_literal_map_and_execute",
    ),
    "wingbeat.types.transformers.families.PydanticTransformer": (
        "flytekit.extras.pydantic_transformer.transformer.PydanticTransformer",
        "to_generic_literal",
    ),
    "wingbeat.runtime.tasks.sqlite3.SQLite3Task": (
        "flytekit.extras.sqlite3.task.SQLite3Task",
        "local_execute sandbox_execute",
    ),
    "wingbeat.runtime.tasks.raw_shell.RawShellTask": (
        "flytekit.extras.tasks.shell.RawShellTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.runtime.tasks.shell.ShellTask": (
        "flytekit.extras.tasks.shell.ShellTask",
        "local_execute sandbox_execute",
    ),
    "wingbeat.idl.tasks.K8sPod": (
        "flytekit.models.task.K8sPod",
        "to_pod_template",
    ),
    "wingbeat.runtime.stats.TaggableStats": (
        "flytekit.interfaces.stats.taggable.TaggableStats",
        "EXTENDABLE_FUNC",
    ),
    "wingbeat.authoring.sensor.BaseSensor": (
        "flytekit.sensor.base_sensor.BaseSensor",
        "T connector_signal_handler local_execute resource_meta sandbox_execute",
    ),
    "wingbeat.authoring.sensor.SensorMetadata": (
        "flytekit.sensor.base_sensor.SensorMetadata",
        "decode encode",
    ),
    "wingbeat.authoring.sensor.FileSensor": (
        "flytekit.sensor.file_sensor.FileSensor",
        "T connector_signal_handler local_execute resource_meta sandbox_execute",
    ),
    "wingbeat.types.transformers.directory.FlyteDirToMultipartBlobTransformer": (
        "flytekit.types.directory.types.FlyteDirToMultipartBlobTransformer",
        "dict_to_flyte_directory",
    ),
    "wingbeat.types.transformers.file.FlyteFilePathTransformer": (
        "flytekit.types.file.file.FlyteFilePathTransformer",
        "dict_to_flyte_file get_mime_type_from_extension validate_file_type",
    ),
    "wingbeat.types.transformers.iterator.JSONIteratorTransformer": (
        "flytekit.types.iterator.json_iterator.JSONIteratorTransformer",
        "async_to_literal async_to_python_value",
    ),
    "wingbeat.types.flyte_schema.schema.FlyteSchema": (
        "flytekit.types.schema.types.FlyteSchema",
        "deserialize_flyte_schema serialize_flyte_schema",
    ),
    "wingbeat.types.transformers.flyte_schema.FlyteSchemaTransformer": (
        "flytekit.types.schema.types.FlyteSchemaTransformer",
        "async_to_literal async_to_python_value dict_to_flyte_schema",
    ),
    "wingbeat.types.structured_dataset.dataset.StructuredDataset": (
        "flytekit.types.structured.structured_dataset.StructuredDataset",
        "deserialize_structured_dataset serialize_structured_dataset",
    ),
    "wingbeat.types.transformers.structured_dataset.StructuredDatasetTransformerEngine": (
        "flytekit.types.structured.structured_dataset.StructuredDatasetTransformerEngine",
        "Handlers dict_to_structured_dataset register_for_protocol",
    ),
}
