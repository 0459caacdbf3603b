"""`wingbeat completion SHELL`: a script that completes the commands and their options."""

from __future__ import annotations

import sys

from wingbeat.cli.main import COMMANDS
from wingbeat.runtime.invocation import FAST_OPTIONS, MAP_OPTIONS, OPTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Commands that people type, and their options: whether each takes a value.
TOOLS = {
    "enable": {"--folder": True, "--json": False, "--help": False},
    "disable": {"--folder": True, "--json": False, "--help": False},
    "status": {"--folder": True, "--json": False, "--help": False},
    "check": {"--recursive": False, "--json": False, "--help": False},
    "doctor": {"--uri": True, "--json": False, "--help": False},
    "show": {"--json": False, "--help": False},
}
#: Commands that are programs of their own too, as `wingbeat-NAME`, and their options.
PROGRAMS = {"execute": OPTIONS, "map-execute": MAP_OPTIONS, "fast-execute": FAST_OPTIONS}

BASH = """\
_wingbeat() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" words=""
    case "${{COMP_WORDS[0]##*/}} ${{COMP_WORDS[1]}}" in
{programs}
{tools}
        "wingbeat completion") words="bash zsh fish --help" ;;
    esac
    if [[ ${{COMP_WORDS[0]##*/}} == wingbeat && $COMP_CWORD -eq 1 ]]; then
        words="{commands} --version --help"
    fi
    COMPREPLY=($(compgen -W "$words" -- "$current") $([[ $current == -* ]] || compgen -f -- "$current"))
}}
complete -o filenames -F _wingbeat {names}
"""

FISH = """\
complete -c wingbeat -n __fish_use_subcommand -l version -d 'Show the version and exit.'
complete -c wingbeat -n __fish_use_subcommand -l help -d 'Show this message and exit.'
{commands}
complete -c wingbeat -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'
{options}
{tools}
"""

#: Where each shell looks for the script.
HINTS = {
    "bash": "wingbeat completion bash > ~/.local/share/bash-completion/completions/wingbeat",
    "zsh": "wingbeat completion zsh > a folder of $fpath/_wingbeat",
    "fish": "wingbeat completion fish > ~/.config/fish/completions/wingbeat.fish",
}


def main(arguments: Sequence[str], program: str) -> int:
    """Print the script. The result is the exit status."""
    if list(arguments) == ["--help"]:
        print(f"Usage: {program} [bash|zsh|fish]\n\n  Print the completion script for a shell. To install it:\n")
        for hint in HINTS.values():
            print(f"    {hint}")
        return 0
    if len(arguments) != 1 or arguments[0] not in HINTS:
        print(f"Usage: {program} [bash|zsh|fish]\n\nError: Name one of these shells.", file=sys.stderr)
        return 2
    print(script(arguments[0]), end="")
    return 0


def script(shell: str) -> str:
    """The script for one shell. zsh runs bash's."""
    if shell == "fish":
        return FISH.format(
            commands="\n".join(
                f"complete -c wingbeat -n __fish_use_subcommand -a {name} -d '{what}'"
                for name, what in COMMANDS.items()
            ),
            options="\n".join(
                f"complete -c {command} -l {option[2:]}{' -r' if takes_value else ''}"
                for name, options in PROGRAMS.items()
                for command in (f"wingbeat-{name}", f"wingbeat -n '__fish_seen_subcommand_from {name}'")
                for option, takes_value in options.items()
            ),
            tools="\n".join(
                f"complete -c wingbeat -n '__fish_seen_subcommand_from {name}' -l {option[2:]}"
                f"{' -r' if takes_value else ''}"
                for name, options in TOOLS.items()
                for option, takes_value in options.items()
            ),
        )
    names = " ".join(["wingbeat", *(f"wingbeat-{name}" for name in PROGRAMS)])
    bash = BASH.format(
        programs="\n".join(
            f"""        "wingbeat-{name} "*|"wingbeat {name}") words="{" ".join(options)}" ;;"""
            for name, options in PROGRAMS.items()
        ),
        tools="\n".join(
            f"""        "wingbeat {name}") words="{" ".join(options)}" ;;""" for name, options in TOOLS.items()
        ),
        commands=" ".join(COMMANDS),
        names=names,
    )
    return bash if shell == "bash" else f"#compdef {names}\nautoload -U +X bashcompinit && bashcompinit\n{bash}"
