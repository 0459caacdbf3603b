from tests.conformance.case import Case, of

CASES = of(
    "uncovered",
    {
        "fans_out": Case("n=2", uncovered="flytekit.dynamic"),
        "fans_out_nothing": Case("n=2", uncovered="flytekit.dynamic"),
        "makes_a_remote": Case("a=1", uncovered="flytekit.configuration.Config"),
        "asks_for_a_remote": Case("a=1", uncovered="flytekit.remote.FlyteRemote"),
        "compiles": Case("a=1", uncovered="CompilationState"),
        "swallows": Case("a=1", uncovered="flytekit.tools"),
        "swallows_everything": Case("a=1", uncovered="flytekit.clis"),
        "fails_after": Case("a=1", uncovered="flytekit.tools"),
        "scoped": Case("a=1", uncovered="FlyteScopedUserException"),
        "makes_a_remote (an element)": Case("a=[1, 2]", index=1, uncovered="flytekit.configuration.Config"),
        "double": "a=2",
    },
)
