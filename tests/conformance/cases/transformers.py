from tests.conformance.case import Case, of
from tests.literals import floating

CASES = of(
    "transformers",
    {
        "warmer": "temperature=Celsius(20.5)",
        "warmer (refused by the transformer)": Case(literals={"temperature": floating(-300.0)}),
        "warmest": "temperatures=[Celsius(1.0), Celsius(3.0)]",
        "maybe_warm": "temperature=Celsius(1.0)",
        "maybe_warm (None)": "temperature=None",
        "document": "text='some text'",
        "shout": Case(after="document", takes={"document": "o0"}),
        "documents": "texts=['a', 'b']",
        "slow": "value=Slow(1)",
        "money": "value=Money(150)",
        "wrong_class": "a=1",
        "pickled": "value=Pickled(1)",
        "pickles": "n=2",
        "hashed": "a=1",
        "engine": "a=1",
        "model_objects": "a=1",
    },
)
