"""The command line (runtime contract 1.2, 1.3)."""

from __future__ import annotations

import pytest

from wingbeat.runtime.invocation import DEFAULT_RESOLVER, Question, UsageError, parse

IO = ["--inputs", "i", "--output-prefix", "o"]
TAIL = ["task-module", "m", "task-name", "t"]


def test_the_command_of_a_registration() -> None:
    invocation = parse(
        [
            *("--inputs", "s3://b/inputs.pb", "--output-prefix", "s3://b/0", "--raw-output-data-prefix", "s3://b/raw"),
            *("--checkpoint-path", "s3://b/raw/_flytecheckpoints", "--prev-checkpoint", '""'),
            *("--dynamic-addl-distro", "s3://b/fast.tar.gz", "--dynamic-dest-dir", "."),
            *("--resolver", "a.b.c", "--", *TAIL),
        ]
    )
    assert repr(invocation) == (
        "Invocation(checkpoint_path='s3://b/raw/_flytecheckpoints', dynamic_addl_distro='s3://b/fast.tar.gz', "
        "dynamic_dest_dir='.', inputs='s3://b/inputs.pb', many=None, max_concurrency=None, output_prefix='s3://b/0', "
        "prev_checkpoint=None, "
        "raw_output_data_prefix='s3://b/raw', resolver='a.b.c', "
        "resolver_args=('task-module', 'm', 'task-name', 't'), test=False)"
    )


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        parse([*IO, "x"]).inputs = "other"


def test_what_is_not_given_is_none() -> None:
    invocation = parse(IO)
    assert (invocation.resolver, invocation.raw_output_data_prefix, invocation.resolver_args) == (None, None, ())
    assert invocation.test is False


@pytest.mark.parametrize(
    ("arguments", "tail"),
    [
        ([*IO, *TAIL], TAIL),
        ([*IO, "--", *TAIL], TAIL),
        (["--", *TAIL], None),
        ([TAIL[0], *IO, *TAIL[1:]], TAIL),
        ([*IO, "--", "--inputs", "x", "--"], ["--inputs", "x", "--"]),
        ([*IO, "-", ""], ["-", ""]),
        ([*IO, "--", "a=b", "--c=d"], ["a=b", "--c=d"]),
    ],
)
def test_options_and_positionals_mix(arguments: list[str], tail: list[str] | None) -> None:
    if tail is None:
        with pytest.raises(UsageError, match="Missing option '--inputs'"):
            parse(arguments)
    else:
        assert parse(arguments).resolver_args == tuple(tail)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--inputs", "old", *IO],
        ["--inputs=old", *IO],
        ["--inputs=i", "--output-prefix=o"],
        ["--output-prefix", "--", "--output-prefix", "o", "--inputs", "i"],
    ],
)
def test_the_last_of_a_repeated_option_counts(arguments: list[str]) -> None:
    invocation = parse(arguments)
    assert (invocation.inputs, invocation.output_prefix) == ("i", "o")


def test_a_value_is_taken_as_it_is() -> None:
    assert parse(["--inputs", "--resolver", "--output-prefix", "--", "--prev-checkpoint=a=b"]).inputs == "--resolver"
    assert parse([*IO, "--prev-checkpoint=a=b"]).prev_checkpoint == "a=b"
    assert parse([*IO, "--checkpoint-path="]).checkpoint_path == ""


@pytest.mark.parametrize(
    ("option", "value", "becomes"),
    [
        ("--raw-output-data-prefix", "{{.rawOutputDataPrefix}}", None),
        ("--raw-output-data-prefix", "{{ .rawOutputDataPrefix }}", "{{ .rawOutputDataPrefix }}"),
        ("--checkpoint-path", "{{.checkpointOutputPrefix}}", None),
        ("--checkpoint-path", "", ""),
        ("--prev-checkpoint", "{{.prevCheckpointPrefix}}", None),
        ("--prev-checkpoint", "", None),
        ("--prev-checkpoint", '""', None),
        ("--prev-checkpoint", "s3://b/x", "s3://b/x"),
    ],
)
def test_templates_that_were_not_filled(option: str, value: str, becomes: str | None) -> None:
    assert getattr(parse([*IO, option, value]), option[2:].replace("-", "_")) == becomes


@pytest.mark.parametrize(
    "arguments",
    [
        ["--task-module", "m", "--task-name", "t", *IO],
        [*IO, "--task-name=t", "--task-module=m"],
        ["--task-module", "m", *IO, "--task-name", "t", "--"],
    ],
)
def test_the_spelling_of_older_documents(arguments: list[str]) -> None:
    assert parse(arguments).resolver_args == tuple(TAIL)
    assert parse(arguments).resolver == DEFAULT_RESOLVER
    assert parse([*arguments[:2], "--resolver", "a.b", *arguments[2:]]).resolver == "a.b"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing option '--inputs'."),
        (["--inputs", "i"], "Missing option '--output-prefix'."),
        (["--inputs"], "Option '--inputs' requires an argument."),
        ([*IO, "--no-such"], "No such option '--no-such'."),
        ([*IO, "--no-such=1"], "No such option '--no-such'."),
        ([*IO, "--input", "x"], "No such option '--input'. Did you mean '--inputs'?"),
        ([*IO, "-i"], "No such option '-i'."),
        ([*IO, "-inputs", "x"], "No such option '-i'."),
        ([*IO, "--test=1"], "Option '--test' does not take a value."),
        ([*IO, "--task-module", "m"], "Missing option '--task-name'."),
        ([*IO, "--task-name", "t"], "Missing option '--task-module'."),
        (
            [*IO, "--task-name", "t", "--task-module", "m", "x"],
            "'--task-module' and '--task-name' leave no room for 'x'.",
        ),
    ],
)
def test_usage_errors(arguments: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(arguments)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "arguments", [["--help"], [*IO, "--help"], ["--version", "--help"], ["x", "--help", "--", "y"]]
)
def test_help_wins_over_what_is_missing(arguments: list[str]) -> None:
    with pytest.raises(Question, match="--help"):
        parse(arguments)


def test_help_does_not_hide_an_unknown_option() -> None:
    with pytest.raises(UsageError):
        parse(["--help", "--no-such"])
