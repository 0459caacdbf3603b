"""Settings, images and storage options are flytekit's, down to the bytes that are sent to a task's process."""

from __future__ import annotations

import pytest

from tests.compat import configuration_cases
from tests.compat.cases import ours, theirs

PARTS = {
    "settings": ("shown", "json", "dict", "sent", "same", "fast", "entrypoint", "default"),
    "images": (
        *("looked up", "without tag", "both", "full", "shown", "equal", "found", "no image", "given", "files"),
        "default",
    ),
    "stores": ("defaults", "environment", "ini", "yaml", "options", "anonymous", "of the environment", "calls"),
}


@pytest.mark.parametrize(("part", "answer"), [(part, answer) for part, answers in PARTS.items() for answer in answers])
def test_equals_flytekit(part: str, answer: str) -> None:
    assert ours(configuration_cases)[part][answer] == theirs("configuration_cases")[part][answer]


def test_nothing_is_left_out() -> None:
    assert {part: set(answers) for part, answers in PARTS.items()} == {
        part: set(answers) for part, answers in ours(configuration_cases).items()
    }
