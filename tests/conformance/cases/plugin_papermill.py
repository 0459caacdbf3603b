from pathlib import Path

from tests.conformance.case import Case, of

NOTEBOOK = Path(__file__).parent.parent / "modules" / "notebook.ipynb"

CASES = of(
    "plugin_papermill",
    {
        "notebook": Case(
            "n=3",
            files={"notebook.ipynb": NOTEBOOK.read_bytes()},
            changing=("out.ipynb", "out.html"),
            uncovered="flytekitplugins",
        ),
    },
)
