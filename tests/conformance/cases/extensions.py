from tests.conformance.case import Case, of
from tests.literals import scalar

FAILED = scalar(error={"failed_node_id": "n1", "message": "it failed"})

CASES = of(
    "extensions",
    {
        "raw": "x=1",
        "timed": "a=1",
        "tagged": "tags=[Tag('a'), Tag('b')]",
        "types_of_engine": "a=1",
        "settings": "a=1",
        "models": "a=1",
        "contexts": "a=1",
        "raises_eager": "a=1",
        "error_value": Case(literals={"error": FAILED}),
        "lazily": "a=2",
        "batched": Case(
            "directory=FlyteDirectory('given-folder')", files={"given-folder/a": b"a", "given-folder/b": b"b"}
        ),
        "formats": "a=1",
        "mocked": "a=1",
        "inner": "a=1",
        "version": "a=1",
        "generated": "n=2",
        "large (stored beside the outputs)": Case("n=3", env={"_F_L_MIN_SIZE_MB": "0"}),
        "large (too large)": Case("n=3", env={"_F_L_MIN_SIZE_MB": "0", "_F_L_MAX_SIZE_MB": "0"}),
        "large": "n=3",
    },
)
