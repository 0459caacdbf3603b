"""The names of flytekit that work in a task's process or exist there as records: authoring spec 1.1, 1.2 and 1.4.

Classes X and L of the spec; those of class D that modules use while they are imported are records too.
"""

from __future__ import annotations

FLYTEKIT = """
    task workflow dynamic eager map_task conditional LaunchPlan Workflow reference_task reference_launch_plan
    reference_workflow get_reference_entity LaunchPlanReference TaskReference WorkflowReference approve sleep
    wait_for_input ContainerTask SQLTask PythonFunctionTask PythonInstanceTask Environment Resources ImageSpec Secret
    TaskMetadata PodTemplate Cache CachePolicy VersionParameters SecurityContext Options WorkflowFailurePolicy
    ConcurrencyPolicy ConcurrencyLimitBehavior Documentation Description SourceCode Labels Annotations AuthRole
    CronSchedule FixedRate Email Slack PagerDuty WorkflowExecutionPhase kwtypes current_context ExecutionParameters
    FlyteContext FlyteContextManager new_context Deck Checkpoint logger FlyteFile FlyteDirectory file directory iterator
    StructuredDataset StructuredDatasetFormat StructuredDatasetTransformerEngine StructuredDatasetType HashMethod
    BatchSize Artifact Blob BlobMetadata BlobType Literal LiteralType Scalar load_implicit_plugins lazy_module
    entry_points Generator LOGGING_RICH_FMT_ENV_VAR __version__
"""

SUBMODULES = {
    "flytekit.types.file": """
        FlyteFile JoblibSerializedFile ONNXFile CSVFile PNGImageFile PythonPickledFile JPEGImageFile JSONLFile
        TFRecordFile HDF5EncodedFile HTMLPage PDFFile PythonNotebook SVGImageFile
    """,
    "flytekit.types.directory": "FlyteDirectory TFRecordsDirectory TensorboardLogs",
    "flytekit.types.schema": "FlyteSchema",
    "flytekit.types.structured": """
        StructuredDataset StructuredDatasetEncoder StructuredDatasetDecoder StructuredDatasetTransformerEngine
        register_csv_handlers
    """,
    "flytekit.types.structured.structured_dataset": """
        StructuredDataset CSV PARQUET StructuredDatasetEncoder StructuredDatasetDecoder
        StructuredDatasetTransformerEngine
    """,
    "flytekit.types.error.error": "FlyteError",
    "flytekit.types.iterator": "JSON",
    "flytekit.core.node_creation": "create_node",
    "flytekit.extras.accelerators": "A10G T4",
    "flytekit.extras.tasks.shell": "ShellTask OutputLocation",
    "flytekit.extras.sqlite3.task": "SQLite3Task SQLite3Config",
    "flytekit.extras.pytorch": "PyTorchCheckpoint",
    "flytekit.core.base_task": "TaskMetadata IgnoreOutputs kwtypes",
    "flytekit.core.task": "Echo TaskPlugins",
    "flytekit.core.type_engine": "BatchSize TypeEngine",
    "flytekit.extend": """
        Interface PythonTask TypeEngine TypeTransformer context_manager TaskPlugins SerializationSettings Image
        ImageConfig TaskResolverMixin ClassStorageTaskResolver ExecutionState SecretsManager FileAccessProvider Promise
        DictTransformer PythonCustomizedContainerTask ShimTaskExecutor ExecutableTemplateShimTask IgnoreOutputs SQLTask
    """,
    "flytekit.exceptions.user": "FlyteRecoverableException",
    "flytekit.exceptions.eager": "EagerException",
    "flytekit.testing": "task_mock patch SecretsManager",
    "flytekit.deck": "TopFrameRenderer",
    "flytekit.deck.renderer": "MarkdownRenderer",
    "flytekit.sensor.file_sensor": "FileSensor",
    "flytekit.models.literals": """
        Literal Scalar Primitive Binary Blob BlobMetadata Schema Union Void LiteralCollection LiteralMap
        StructuredDataset StructuredDatasetMetadata
    """,
    "flytekit.models.types": """
        LiteralType StructuredDatasetType TypeStructure UnionType SchemaType Error SimpleType
    """,
    "flytekit.models.core.types": "BlobType EnumType",
    "flytekit.models.core.execution": "WorkflowExecutionPhase",
    "flytekit.models.core.identifier": "Identifier WorkflowExecutionIdentifier",
    "flytekit.models.common": "Labels Annotations",
    "flytekit.models.security": "Secret SecurityContext",
    "flytekit.core.python_function_task": "PythonFunctionTask PythonInstanceTask AsyncPythonFunctionTask",
    "flytekit.core.utils": "ClassDecorator",
    "flytekit.core.context_manager": "ExecutionParameters FlyteContext FlyteContextManager",
}

#: What users derive classes from.
BASES = """
    flytekit.core.python_function_task:PythonFunctionTask flytekit.core.python_function_task:PythonInstanceTask
    flytekit.core.base_task:PythonTask flytekit.core.base_task:TaskResolverMixin flytekit.core.utils:ClassDecorator
    flytekit.core.python_auto_container:PythonAutoContainerTask flytekit.core.type_engine:TypeTransformer
    flytekit.core.type_engine:AsyncTypeTransformer flytekit.core.type_engine:SimpleTransformer
    flytekit.types.structured.structured_dataset:StructuredDatasetEncoder
    flytekit.types.structured.structured_dataset:StructuredDatasetDecoder
    flytekit.exceptions.user:FlyteRecoverableException flytekit.core.shim_task:ShimTaskExecutor
"""


def covered() -> list[tuple[str, str]]:
    """Module and name of each."""
    return [(module, name) for module, names in {"flytekit": FLYTEKIT, **SUBMODULES}.items() for name in names.split()]
