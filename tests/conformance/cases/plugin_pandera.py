from tests.conformance.case import Case, of

NAME = "flytekitplugins"
CASES = of(
    "plugin_pandera",
    {
        "people": Case("n=2", uncovered=NAME),
        "no_people": Case("n=2", uncovered=NAME),
        "oldest": Case(after="people", takes={"frame": "o0"}, uncovered=NAME),
    },
)
