from tests.conformance.case import Case, of
from tests.literals import blob

CASES = of(
    "arrays",
    {
        **dict.fromkeys(
            [
                "array",
                "pickled_objects",
                "kinds",
                "hashed",
                "numpy_number",
                "numpy_float",
                "numpy_in_a_list",
                "not_an_array",
            ],
            "n=4",
        ),
        "total": Case(after="array", takes={"a": "o0"}),
        "total (of what flytekit made)": "a=np.array([1, 2])",
        "total (what is no array)": Case(literals={"a": blob("{folder}/text.npy")}, files={"text.npy": b"text"}),
        "transposed": Case(after="array", takes={"a": "o0"}),
        "mapped": Case(after="array", takes={"a": "o0"}),
        "described": Case(after="kinds", takes={"arrays": "o0"}),
        "maybe": Case(),
        "maybe (given)": Case(after="array", takes={"a": "o0"}),
        "picture": "size=2",
        "pixel": Case(after="picture", takes={"image": "o0"}),
    },
)
