from tests.conformance.case import Case, of

NAME = "flytekitplugins"
CASES = of(
    "plugin_kfpytorch",
    {
        "train": Case("rate=1.0, epochs=4", uncovered=NAME),
        "fail": Case("epochs=4", uncovered=NAME),
        "plain": Case("a=4", uncovered=NAME),
        "plain (an element)": Case("a=[4, 5]", index=1, uncovered=NAME),
    },
)
