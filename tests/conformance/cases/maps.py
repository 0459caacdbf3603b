from tests.conformance.case import Case, of
from tests.literals import collection, integer, string

CASES = of(
    "maps",
    {
        "square": Case("x=[1, 2, 3]", index=1),
        "square (the last)": Case("x=[1, 2, 3]", index=2),
        "square (beyond the end)": Case("x=[1, 2, 3]", index=3),
        "square (another is wrong)": Case(literals={"x": collection(integer(3), string("x"))}, index=0),
        "square (this one is wrong)": Case(literals={"x": collection(integer(3), string("x"))}, index=1),
        "square (no list)": Case(literals={"x": integer(3)}, index=0),
        "square (an offset)": Case("x=[1, 2, 3]", index=1, env={"BATCH_JOB_ARRAY_INDEX_OFFSET": "1"}),
        "square (limited concurrency)": Case("x=[1, 2, 3]", index=1, options=("--max-concurrency", "2")),
        "scaled": Case("x=[1.0, 2.0], factor=2.0, names=['a', 'b']", index=1, bound="factor,names"),
        "scaled (all bound but one)": Case(
            "x=[1.0], factor=2.0, names=[], offset=1", index=0, bound="names,factor,offset"
        ),
        "item": Case("value=[Item('a'), Item('b', 2)]", index=1),
        "maybe": Case("x=[1, None]", index=1),
        "maybe (a number)": Case("x=[1, None]", index=0),
        "inverse": Case("x=[1, 0]", index=1),
        "inverse (the status says so)": Case("x=[1, 0]", index=1, env={"FLYTE_FAIL_ON_ERROR": "1"}),
        "patient": Case("x=[1, 0]", index=1),
        "nothing": Case("x=[1]", index=0),
        "two": Case("x=[1]", index=0),
        "read": Case("file=[FlyteFile('a.txt'), FlyteFile('b.txt')]", index=1, files={"a.txt": b"a", "b.txt": b"b"}),
        "hashed": Case("x=[1]", index=0),
        "named": Case("x=[1]", index=0),
        "with_deck": Case("x=[1]", index=0),
        "asynchronous": Case("x=[1, 2]", index=1),
        "groups": Case("xs=[[1], [2, 3]]", index=1),
    },
)
