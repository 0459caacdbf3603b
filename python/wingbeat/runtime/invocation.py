"""The command lines of a task's container, parsed as click would parse them (runtime contract 1.2 and 1.3).

Neither click nor argparse: a table and a loop cost nothing to import. Options and positionals mix, the last of a
repeated option counts, names are not abbreviated, and after `--` everything is positional.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from wingbeat.runtime.many.options import Options

DEFAULT_RESOLVER = "flytekit.core.python_auto_container.default_task_resolver"

#: Of `wingbeat-execute` and `wingbeat-map-execute`: option -> whether a value follows. The keys, dashes turned to
#: underscores, are fields of an `Invocation`.
COMMON = {
    "--inputs": True,
    "--output-prefix": True,
    "--raw-output-data-prefix": True,
    "--checkpoint-path": True,
    "--prev-checkpoint": True,
    "--test": False,
    "--dynamic-addl-distro": True,
    "--dynamic-dest-dir": True,
    "--resolver": True,
}
QUESTIONS = {"--help": False, "--version": False}
#: The options of `wingbeat-execute`, with the older spelling of its tail.
OPTIONS = {**COMMON, "--task-module": True, "--task-name": True, **QUESTIONS}
#: Of a run of many elements, fields of a `many.options.Options`.
MANY_OPTIONS = {
    "--elements": True,
    "--jobs": True,
    "--concurrency": True,
    "--isolate": False,
    "--element-timeout": True,
    "--min-success-ratio": True,
    "--max-failures": True,
    "--grace": True,
    "--resume": False,
    "--collect": True,
    "--progress": True,
}
#: The options of `wingbeat-map-execute`.
MAP_OPTIONS = {**COMMON, "--max-concurrency": True, **MANY_OPTIONS, **QUESTIONS}
#: The options of `wingbeat-fast-execute`, fields of a `BundleInvocation`.
FAST_OPTIONS = {"--additional-distribution": True, "--dest-dir": True, **QUESTIONS}

REQUIRED = ("--inputs", "--output-prefix")
MAP_REQUIRED = (*REQUIRED, "--resolver")

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


class Record:
    """Named values that cannot be changed; those that are not given are None."""

    __slots__: tuple[str, ...] = ()

    def __init__(self, **fields: Any) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, fields.get(name))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an {type(self).__name__} is immutable")

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"


class Invocation(Record):
    """What one container is asked to do. Immutable.

    `resolver_args` is a tuple of text, `test` a bool. `max_concurrency`, an int or None, and `many`, which is None
    unless a run of many elements is asked for, are known to map tasks only. Every other field is text or None.
    """

    __slots__ = (
        "checkpoint_path",
        "dynamic_addl_distro",
        "dynamic_dest_dir",
        "inputs",
        "many",
        "max_concurrency",
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
    max_concurrency: int | None
    many: Options | None


class BundleInvocation(Record):
    """A code bundle, the folder that it belongs in, and the command that is to run then. Immutable."""

    __slots__ = ("additional_distribution", "command", "dest_dir")

    additional_distribution: str | None
    dest_dir: str | None
    command: tuple[str, ...]


def parse(arguments: Sequence[str]) -> Invocation:
    """The invocation that a command line of `wingbeat-execute`, without the program's name, stands for.

    Raises:
        UsageError: an option is unknown, lacks its value or its right to one, or a required one is missing.
        Question: `--help` or `--version` is given.
    """
    options, positionals = split(arguments, OPTIONS)
    demand(options, REQUIRED)
    rewrite_old_spelling(options, positionals)
    return invocation(options, positionals)


def parse_map(arguments: Sequence[str]) -> Invocation:
    """The same for `wingbeat-map-execute`; `--max-concurrency` has to be an integer besides."""
    options, positionals = split(arguments, MAP_OPTIONS)
    limit = options.pop("--max-concurrency", None)
    try:
        max_concurrency = None if limit is None else int(limit)
    except ValueError:
        raise UsageError(f"Invalid value for '--max-concurrency': {limit!r} is not a valid integer.") from None
    demand(options, MAP_REQUIRED)
    many = {name: options.pop(name) for name in MANY_OPTIONS if name in options}
    if not many:
        return invocation(options, positionals, max_concurrency)
    from wingbeat.runtime.many.options import parse

    return invocation(options, positionals, max_concurrency, parse(many))


def parse_fast(arguments: Sequence[str]) -> BundleInvocation:
    """The same for `wingbeat-fast-execute`, which requires nothing."""
    options, positionals = split(arguments, FAST_OPTIONS)
    return BundleInvocation(
        additional_distribution=options.get("--additional-distribution"),
        dest_dir=options.get("--dest-dir"),
        command=tuple(positionals),
    )


def invocation(
    options: Mapping[str, str],
    positionals: list[str],
    max_concurrency: int | None = None,
    many: Options | None = None,
) -> Invocation:
    """Options by their fields' names, without the templates that were not filled."""
    fields: dict[str, Any] = {name[2:].replace("-", "_"): value for name, value in options.items()}
    for name, residues in UNFILLED.items():
        if fields.get(name) in residues:
            fields[name] = None
    fields["test"] = "test" in fields
    return Invocation(**fields, resolver_args=tuple(positionals), max_concurrency=max_concurrency, many=many)


def demand(options: Mapping[str, str], required: tuple[str, ...]) -> None:
    """Raise a UsageError for the first that is missing."""
    for option in required:
        if option not in options:
            raise UsageError(f"Missing option '{option}'.")


def split(arguments: Sequence[str], known: Mapping[str, bool]) -> tuple[dict[str, str], list[str]]:
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
            takes_value = known.get(name)
            if takes_value is None:
                raise UsageError(unknown(name, known))
            if equals and not takes_value:
                raise UsageError(f"Option '{name}' does not take a value.")
            if takes_value and not equals:
                following = next(rest, None)
                if following is None:
                    raise UsageError(f"Option '{name}' requires an argument.")
                value = following
            options[name] = value
    for question in QUESTIONS:
        if question in options:
            raise Question(question)
    return options, positionals


def unknown(name: str, known: Mapping[str, bool]) -> str:
    """What to say of an option that is not known. After one dash each letter is an option to click."""
    from difflib import get_close_matches

    if not name.startswith("--"):
        return f"No such option '{name[:2]}'."
    similar = sorted(get_close_matches(name, known))
    if not similar:
        return f"No such option '{name}'."
    if len(similar) == 1:
        return f"No such option '{name}'. Did you mean '{similar[0]}'?"
    return f"No such option '{name}'. (Did you mean one of: {', '.join(map(repr, similar))}?)"


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
