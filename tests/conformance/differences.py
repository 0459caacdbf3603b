"""Where wingbeat is meant to differ from flytekit, of all that is recorded.

Each row begins like the row of docs/differences.md that says why. The parts are those of an observation (observe.py);
a case that differs in anything else fails, and so does one that is listed here and does not differ.
"""

from __future__ import annotations

#: How a row of docs/differences.md begins -> the parts that differ -> in which cases.
DIFFERENCES: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {
    "a value or literal of another type: the outermost type": {
        ("error.message",): (
            "arrays: numpy_number",
            "arrays: numpy_float",
            "extensions: tagged",
            "failures: wrong_type",
            "failures: wrong_element",
            "failures: second_is_wrong",
            "records: another_class",
        ),
    },
    "an input that cannot be read: all of its literal": {
        ("error.message",): (
            "files: read (a text is no file)",
            "maps: square (this one is wrong)",
            "primitives: add (of another kind)",
            "primitives: negate (a number)",
            "primitives: total (a wrong element)",
            "records: move (a number)",
            "records: finish (text)",
        ),
    },
    "a union that no variant fits": {
        ("error.message",): ("failures: wrong_of_union", "failures: maybe_wrong"),
    },
    "an enum value that is unknown, when reading": {
        ("error.message",): ("primitives: other (unknown)",),
    },
    "`None` where something is declared": {
        ("error.message",): (
            "failures: none_of_int",
            "failures: wrong_value_in_dict",
            "primitives: add (None)",
        ),
    },
    "mashumaro's `MissingField` and `InvalidFieldValue`": {
        ("error.message",): ("records: move (a field is missing)", "records: model (a field is wrong)"),
    },
    "an integer beyond 64 bits as an output": {
        ("error", "files", "status"): ("failures: too_big", "primitives: big_number (beyond 64 bits)"),
    },
    "an integer beyond 64 bits, a lone surrogate": {
        ("error", "files", "status"): ("failures: surrogate",),
    },
    "an input that is not declared: `KeyError: 'b'`": {
        ("error.message",): ("primitives: add (an input that is not declared)",),
    },
    "more outputs than declared, or None for several": {
        ("error.message",): ("failures: too_many", "failures: none_of_two"),
    },
    "a map task's element that is not there": {
        ("error.message",): (
            "declarations: declared (an element)",
            "maps: square (beyond the end)",
            "maps: square (no list)",
            "maps: scaled",
            "maps: two",
        ),
    },
    "what is called a task and is none": {
        ("error.message",): ("primitives: plain_function",),
    },
    "a class of tasks that overrides `async_execute`": {
        ("outputs",): ("extensions: timed",),
    },
    "an output that exceeds `_F_L_MAX_SIZE_MB`": {
        ("error.message",): ("extensions: large (too large)",),
    },
    "inputs that are no protobuf message": {
        ("error.message",): ("primitives: add (inputs that are none)",),
    },
    "`checkpoint` without a place for one": {
        ("error.message",): ("contexts: no_checkpoint",),
    },
    "what a user's transformer raises, and a value that it does not take": {
        ("error.message",): (
            "arrays: not_an_array",
            "transformers: warmer (refused by the transformer)",
            "transformers: wrong_class",
        ),
    },
    "a task whose parameter is of a restricted type cannot be declared": {
        ("error.frames", "error.message"): ("broken_declaration: never",),
    },
    "what NumPy, joblib or Pillow raise for a value or a file that is not theirs": {
        ("error.message",): ("arrays: total (what is no array)", "failures: unpicklable"),
    },
    "a file or folder that is not there, a link, a folder for a file": {
        ("error.message",): ("files: read_missing", "files: write_missing"),
    },
    "a value of another class than the declared frame": {
        ("error.message",): ("tables: not_a_frame",),
    },
    "polars frames need a plugin": {
        ("data", "outputs"): ("tables: polars",),
        ("error", "files", "outputs"): ("tables: polars_rows (of pandas)",),
    },
    "too few resolver arguments": {
        ("error.message",): ("failures: value_error (too few words)",),
    },
    "a failure before the task is loaded, such as a resolver that cannot be imported": {
        ("error", "files"): ("failures: value_error (no such resolver)",),
    },
    "runs all that a task does": {
        ("printed",): ("uncovered: makes_a_remote", "uncovered: makes_a_remote (an element)"),
    },
    "`IgnoreOutputs` raised by `post_execute`": {
        ("error", "files"): ("classes: on_ignored_worker",),
    },
}


def listed(case: str) -> set[str]:
    """The parts in which a case differs."""
    return {
        part
        for parts in DIFFERENCES.values()
        for differing, cases in parts.items()
        if case in cases
        for part in differing
    }


def every_case() -> list[str]:
    """The cases that differ."""
    return [case for parts in DIFFERENCES.values() for cases in parts.values() for case in cases]
