"""flytekit.types: files, folders, tables and other types of values."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit.types.directory.types": {
        "FlyteDirToMultipartBlobTransformer": "wingbeat.types.transformers.directory",
        "FlyteDirectory": "wingbeat.types.directory",
    },
    "flytekit.types.error.error": {
        "ErrorTransformer": "wingbeat.types.transformers.error",
        "FlyteError": "wingbeat.types.error",
    },
    "flytekit.types.file": {
        "FileExt": "wingbeat.types.file_format",
    },
    "flytekit.types.file.file": {
        "FlyteFile": "wingbeat.types.file",
        "FlyteFilePathTransformer": "wingbeat.types.transformers.file",
    },
    "flytekit.types.file.image": {
        "PILImageTransformer": "wingbeat.types.transformers.image",
    },
    "flytekit.types.iterator.iterator": {
        "FlyteIterator": "wingbeat.types.iterator",
        "IteratorTransformer": "wingbeat.types.transformers.iterator",
    },
    "flytekit.types.iterator.json_iterator": {
        "JSON": "wingbeat.types.iterator",
        "JSONCollection": "wingbeat.types.iterator",
        "JSONIterator": "wingbeat.types.iterator",
        "JSONIteratorTransformer": "wingbeat.types.transformers.iterator",
        "JSONScalar": "wingbeat.types.iterator",
    },
    "flytekit.types.numpy.ndarray": {
        "NumpyArrayTransformer": "wingbeat.types.transformers.numpy",
    },
    "flytekit.types.pickle.pickle": {
        "FlytePickle": "wingbeat.types.transformers.pickle",
    },
    "flytekit.types.schema.types": {
        "FlyteSchema": "wingbeat.types.flyte_schema.schema",
        "FlyteSchemaTransformer": "wingbeat.types.transformers.flyte_schema",
        "LocalIOSchemaReader": "wingbeat.types.flyte_schema.reader",
        "LocalIOSchemaWriter": "wingbeat.types.flyte_schema.reader",
        "SchemaEngine": "wingbeat.types.flyte_schema.engine",
        "SchemaFormat": "wingbeat.types.flyte_schema.reader",
        "SchemaHandler": "wingbeat.types.flyte_schema.engine",
        "SchemaOpenMode": "wingbeat.types.flyte_schema.reader",
        "SchemaReader": "wingbeat.types.flyte_schema.reader",
        "SchemaWriter": "wingbeat.types.flyte_schema.reader",
        "generate_ordered_files": "wingbeat.types.flyte_schema.reader",
    },
    "flytekit.types.schema.types_pandas": {
        "PandasSchemaReader": "wingbeat.types.flyte_schema.pandas_parquet",
        "PandasSchemaWriter": "wingbeat.types.flyte_schema.pandas_parquet",
    },
    "flytekit.types.structured.basic_dfs": {
        "ArrowToParquetEncodingHandler": "wingbeat.types.frames.arrow_tables",
        "CSVToPandasDecodingHandler": "wingbeat.types.frames.pandas_frames",
        "PandasToCSVEncodingHandler": "wingbeat.types.frames.pandas_frames",
        "PandasToParquetEncodingHandler": "wingbeat.types.frames.pandas_frames",
        "ParquetToArrowDecodingHandler": "wingbeat.types.frames.arrow_tables",
        "ParquetToPandasDecodingHandler": "wingbeat.types.frames.pandas_frames",
    },
    "flytekit.types.structured.structured_dataset": {
        "DF": "wingbeat.types.structured_dataset.dataset",
        "DuplicateHandlerError": "wingbeat.types.structured_dataset.handler_table",
        "StructuredDataset": "wingbeat.types.structured_dataset.dataset",
        "StructuredDatasetDecoder": "wingbeat.types.structured_dataset.handler",
        "StructuredDatasetEncoder": "wingbeat.types.structured_dataset.handler",
        "StructuredDatasetTransformerEngine": "wingbeat.types.transformers.structured_dataset",
    },
}
