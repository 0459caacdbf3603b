from tests.conformance.case import Case, of

CASES = of(
    "star",
    {
        "everything": Case("a=2, file=FlyteFile('given.txt')", files={"given.txt": b"text"}),
        "other_names": "a=1",
    },
)
