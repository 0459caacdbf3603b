from tests.conformance.case import Case, of

CASES = of(
    "declarations",
    {
        "declared": "a=1",
        "declared (an element)": Case("a=[1, 2]", index=1),
        "with_resources": "a=1",
        "cached_the_old_way": "a=1",
        "cached_by_policy": "a=1",
        "cleanup": "a=1",
        "cleanup (an error)": "err='it failed'",
        "makes_artifact": "a=1",
        "notes_artifact": "a=1",
        "looks_around": "a=1",
    },
)
