"""Whatever a class of flytekit's offers, the class that stands for it offers too, but for a list of exceptions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.compat.cases import HERE
from tests.types.oracle import ask
from wingbeat.flytekit_compat.names import declared
from wingbeat.flytekit_compat.names.surface.modules import MODULES
from wingbeat.flytekit_compat.resolve import resolve

#: Modules of flytekit whose classes are looked at.
AREAS = (
    *("configuration", "core.context_manager", "core.data_persistence", "core.type_engine", "core.utils", "deck"),
    *("exceptions", "extras.pydantic_transformer", "lazy_import", "models", "types", "utils"),
)

#: What is left out on purpose: of the libraries that flytekit derives its classes from, or of single classes.
EVERYWHERE = {"AttributeHider", "dataclass_json_config", "schema"}
LEFT_OUT = {
    # Instances have these.
    "flytekit.core.context_manager:ExecutionParameters": {
        *("enable_deck", "execution_id", "output_metadata_prefix", "raw_output_prefix", "task_id"),
    },
    "flytekit.core.context_manager:FlyteContext": {
        *("compilation_state", "execution_state", "flyte_client", "in_a_condition", "level", "origin_stackframe"),
        *("output_metadata_tracker", "worker_queue"),
    },
    "flytekit.core.context_manager:OutputMetadata": {"additional_items", "time_partition"},
    "flytekit.models.array_job:ArrayJob": {"min_success_ratio", "min_successes", "parallelism", "size"},
    # Steps of flytekit's own conversions, which it takes itself.
    "flytekit.core.data_persistence:FileAccessProvider": {"recursive_paths"},
    "flytekit.core.type_engine:DataclassTransformer": {"to_generic_literal"},
    "flytekit.core.type_engine:DictTransformer": {"dict_to_binary_literal", "dict_to_generic_literal"},
    "flytekit.extras.pydantic_transformer.transformer:PydanticTransformer": {"to_generic_literal"},
    "flytekit.models.task:K8sPod": {"to_pod_template"},
    "flytekit.types.directory.types:FlyteDirToMultipartBlobTransformer": {"dict_to_flyte_directory"},
    "flytekit.types.file.file:FlyteFilePathTransformer": {
        *("dict_to_flyte_file", "get_mime_type_from_extension", "validate_file_type"),
    },
    "flytekit.types.iterator.json_iterator:JSONIteratorTransformer": {"async_to_literal", "async_to_python_value"},
    "flytekit.types.schema.types:FlyteSchemaTransformer": {
        *("async_to_literal", "async_to_python_value", "dict_to_flyte_schema"),
    },
    "flytekit.types.schema.types:FlyteSchema": {"deserialize_flyte_schema", "serialize_flyte_schema"},
    "flytekit.types.structured.structured_dataset:StructuredDataset": {
        *("deserialize_structured_dataset", "serialize_structured_dataset"),
    },
    "flytekit.types.structured.structured_dataset:StructuredDatasetTransformerEngine": {
        *("Handlers", "dict_to_structured_dataset", "register_for_protocol"),
    },
}


def covered() -> list[str]:
    """The names of these areas that are no placeholders."""
    modules = [module for module in MODULES if module.partition(".")[2].startswith(AREAS)]
    return [f"{module}:{name}" for module in modules for name, row in declared(module).items() if row[0] != "!"]


@pytest.fixture(scope="module")
def missing() -> dict[str, set[str]]:
    """Class -> what flytekit's has and ours has not."""
    theirs: dict[str, list[str]] = ask(str(HERE / "oracle_attributes.py"), json.dumps(covered()))
    found = {}
    for key, attributes in theirs.items():
        ours: Any = resolve(*key.split(":"))
        lacking = {name for name in attributes if not hasattr(ours, name)} - EVERYWHERE
        lacking -= set(getattr(ours, "__match_args__", ()))
        if lacking:
            found[key] = lacking
    assert len(theirs) > 150
    return found


def test_nothing_is_missing_but_what_is_listed(missing: dict[str, set[str]]) -> None:
    more = {key: sorted(names - LEFT_OUT.get(key, set())) for key, names in missing.items()}
    assert {key: names for key, names in more.items() if names} == {}


def test_everything_that_is_listed_is_missing(missing: dict[str, set[str]]) -> None:
    there = {key: sorted(names - missing.get(key, set())) for key, names in LEFT_OUT.items()}
    assert {key: names for key, names in there.items() if names} == {}
