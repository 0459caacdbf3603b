"""flytekit.extras: resolvers, tasks and types beside the core."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit.extras.accelerators": {
        "A100": "wingbeat.authoring.accelerators",
        "A100_80GB": "wingbeat.authoring.accelerators",
        "A10G": "wingbeat.authoring.accelerators",
        "BaseAccelerator": "wingbeat.authoring.accelerators",
        "GPUAccelerator": "wingbeat.authoring.accelerators",
        "H100": "wingbeat.authoring.accelerators",
        "H200": "wingbeat.authoring.accelerators",
        "K80": "wingbeat.authoring.accelerators",
        "L4": "wingbeat.authoring.accelerators",
        "L40S": "wingbeat.authoring.accelerators",
        "L4_VWS": "wingbeat.authoring.accelerators",
        "M60": "wingbeat.authoring.accelerators",
        "MultiInstanceGPUAccelerator": "wingbeat.authoring.accelerators",
        "P100": "wingbeat.authoring.accelerators",
        "P4": "wingbeat.authoring.accelerators",
        "RTX_PRO_6000": "wingbeat.authoring.accelerators",
        "T": "wingbeat.authoring.type_variables",
        "T4": "wingbeat.authoring.accelerators",
        "V100": "wingbeat.authoring.accelerators",
        "V5E": "wingbeat.authoring.accelerators",
        "V5P": "wingbeat.authoring.accelerators",
        "V6E": "wingbeat.authoring.accelerators",
    },
    "flytekit.extras.cloud_pickle_resolver": {
        "ExperimentalNaiveCloudPickleResolver": "wingbeat.runtime.resolvers.cloud_pickle",
        "experimental_cloud_pickle_resolver": "wingbeat.runtime.resolvers.cloud_pickle",
    },
    "flytekit.extras.pydantic_transformer.transformer": {
        "PydanticTransformer": "wingbeat.types.transformers.families",
    },
    "flytekit.extras.pytorch.checkpoint": {
        "PyTorchCheckpoint": "wingbeat.types.pytorch_checkpoint",
        "PyTorchCheckpointTransformer": "wingbeat.types.transformers.torch",
    },
    "flytekit.extras.pytorch.native": {
        "PyTorchModuleTransformer": "wingbeat.types.transformers.torch",
        "PyTorchTensorTransformer": "wingbeat.types.transformers.torch",
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.extras.sklearn.native": {
        "SklearnEstimatorTransformer": "wingbeat.types.transformers.sklearn",
        "T": "wingbeat.authoring.type_variables",
    },
    "flytekit.extras.sqlite3.task": {
        "SQLite3Config": "wingbeat.runtime.tasks.sqlite3",
        "SQLite3Task": "wingbeat.runtime.tasks.sqlite3",
        "SQLite3TaskExecutor": "wingbeat.runtime.tasks.sqlite3",
        "unarchive_file": "wingbeat.runtime.tasks.sqlite3",
    },
    "flytekit.extras.tasks.shell": {
        "AttrDict": "wingbeat.runtime.tasks.script_template",
        "OutputLocation": "wingbeat.runtime.tasks.shell",
        "ProcessResult": "wingbeat.runtime.tasks.process_result",
        "RawShellTask": "wingbeat.runtime.tasks.raw_shell",
        "ShellTask": "wingbeat.runtime.tasks.shell",
        "T": "wingbeat.authoring.type_variables",
        "_dummy_task_func": "wingbeat.runtime.tasks.shell",
        "_run_script": "wingbeat.runtime.tasks.process_result:run_script",
        "get_raw_shell_task": "wingbeat.runtime.tasks.raw_shell",
        "subproc_execute": "wingbeat.runtime.tasks.process_result",
    },
    "flytekit.extras.tensorflow.model": {
        "TensorFlowModelTransformer": "wingbeat.types.transformers.tensorflow",
    },
}
