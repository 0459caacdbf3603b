"""The command line of a task's container, parsed as click would parse it (runtime contract 1.2 and 1.3).

Neither click nor argparse: a table and a loop cost nothing to import. Options and positionals mix, the last of a
repeated option counts, names are not abbreviated, and after `--` everything is positional.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

DEFAULT_RESOLVER = "flytekit.core.python_auto_container.default_task_resolver"

#: Option -> whether a value follows. The keys, dashes turned to underscores, are the fields of an `Invocation`,
#: except for the last four.
OPTIONS = {
    "--inputs": True,
    "--output-prefix": True,
    "--raw-output-data-prefix": True,
    "--checkpoint-path": True,
    "--prev-checkpoint": True,
    "--test": False,
    "--dynamic-addl-distro": True,
    "--dynamic-dest-dir": True,
    "--resolver": True,
    "--task-module": True,
    "--task-name": True,
    "--help": False,
    "--version": False,
}
REQUIRED = ("--inputs", "--output-prefix")

#: What the engine or an old registration leaves in place of "nothing", compared exactly.
UNFILLED = {
    "raw_output_data_prefix": ("{{.rawOutputDataPrefix}}",),
    "checkpoint_path": ("{{.checkpointOutputPrefix}}",),
    "prev_checkpoint": ("{{.prevCheckpointPrefix}}", "", '""'),
}


class UsageError(Exception):
    """The command line cannot be understood."""


class Question(Exception):  # noqa: N818
    """The command line asks for `--help` or `--version` instead of a run. The argument is that option."""


class Invocation:
    """What one container is asked to do. Immutable.

    `resolver_args` is a tuple of text, `test` a bool; every other field is text or None.
    """

    __slots__ = (
        "checkpoint_path",
        "dynamic_addl_distro",
        "dynamic_dest_dir",
        "inputs",
        "output_prefix",
        "prev_checkpoint",
        "raw_output_data_prefix",
        "resolver",
        "resolver_args",
        "test",
    )

    inputs: str
    output_prefix: str
    raw_output_data_prefix: str | None
    checkpoint_path: str | None
    prev_checkpoint: str | None
    dynamic_addl_distro: str | None
    dynamic_dest_dir: str | None
    resolver: str | None
    resolver_args: tuple[str, ...]
    test: bool

    def __init__(self, **fields: Any) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, fields.get(name))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("an Invocation is immutable")

    def __repr__(self) -> str:
        return f"Invocation({', '.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"


def parse(arguments: Sequence[str]) -> Invocation:
    """The invocation that a command line, without the program's name, stands for.

    Raises:
        UsageError: an option is unknown, lacks its value or its right to one, or a required one is missing.
        Question: `--help` or `--version` is given.
    """
    options, positionals = split(arguments)
    for question in ("--help", "--version"):
        if question in options:
            raise Question(question)
    for required in REQUIRED:
        if required not in options:
            raise UsageError(f"Missing option '{required}'.")
    rewrite_old_spelling(options, positionals)
    fields: dict[str, Any] = {name[2:].replace("-", "_"): value for name, value in options.items()}
    for name, residues in UNFILLED.items():
        if fields.get(name) in residues:
            fields[name] = None
    fields["test"] = "test" in fields
    return Invocation(**fields, resolver_args=tuple(positionals))


def split(arguments: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Options with their values (a switch has an empty one), and the positionals."""
    options: dict[str, str] = {}
    positionals: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            positionals.extend(rest)
        elif len(argument) < 2 or argument[0] != "-":
            positionals.append(argument)
        else:
            name, equals, value = argument.partition("=")
            takes_value = OPTIONS.get(name)
            if takes_value is None:
                raise UsageError(f"No such option '{name}'.")
            if equals and not takes_value:
                raise UsageError(f"Option '{name}' does not take a value.")
            if takes_value and not equals:
                following = next(rest, None)
                if following is None:
                    raise UsageError(f"Option '{name}' requires an argument.")
                value = following
            options[name] = value
    return options, positionals


def rewrite_old_spelling(options: dict[str, str], positionals: list[str]) -> None:
    """`--task-module M --task-name N`, as Flyte's older documents have it, becomes today's positional tail."""
    module, name = options.pop("--task-module", None), options.pop("--task-name", None)
    if module is None and name is None:
        return
    if module is None or name is None:
        raise UsageError(f"Missing option '{'--task-module' if module is None else '--task-name'}'.")
    if positionals:
        raise UsageError(f"'--task-module' and '--task-name' leave no room for {' '.join(positionals)!r}.")
    positionals += ["task-module", module, "task-name", name]
    options.setdefault("--resolver", DEFAULT_RESOLVER)
