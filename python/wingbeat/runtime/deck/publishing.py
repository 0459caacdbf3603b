"""deck.html: when it is written, and which tabs it has (runtime contract 4.3 and 5.9).

Nothing that goes wrong here makes a task fail: outputs.pb or error.pb has been written before. It is also too late for
flytekit to take over what is not covered.
"""

from __future__ import annotations

from html import escape

from wingbeat import storage
from wingbeat.exceptions import NotCovered
from wingbeat.runtime import log, phase_report, phases
from wingbeat.runtime.deck.page import Header, Tab, own, page, piece
from wingbeat.runtime.deck.timeline import TimeLineDeck, seconds
from wingbeat.runtime.message import shorten, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.runtime.context import ExecutionParameters
    from wingbeat.runtime.deck.deck import Deck

#: How much of an error's text is shown, in characters.
_ERROR = 2_000


class TaskDecks:
    """The decks of a task that is about to run. From now on `current_context().enable_deck` is true."""

    def __init__(self, task: Any, parameters: ExecutionParameters) -> None:
        self._task = task
        self._parameters = parameters
        self._fields = [str(getattr(field, "value", field)) for field in task.deck_fields]
        parameters.enable_deck = True
        phases.measure_memory()
        if "Timeline" in self._fields:
            parameters.decks.append(parameters.timeline_deck)

    def succeeded(self, arguments: dict[str, Any], result: Any) -> None:
        """Write the page of a task whose outputs have been written."""
        phases.begin("deck")
        from wingbeat.runtime.deck.builtin import builtin_tabs

        write(self._parameters, "succeeded", more=builtin_tabs(self._task, self._fields, arguments, result, could_not))

    def failed(self, error: BaseException) -> None:
        """Write the page of a task whose error has been written: what there was until then, as in flytekit."""
        phases.begin("deck")
        write(self._parameters, "failed", error=shorten(f"{type(error).__name__}: {text_of(error)}", _ERROR))


def publish(parameters: ExecutionParameters) -> None:
    """Write the page of a task that goes on."""
    write(parameters, "running")
    for deck in parameters.decks:
        deck._published = True


def write(parameters: ExecutionParameters, outcome: str, *, error: str = "", more: list[Tab] | None = None) -> None:
    """Make the page and write it; a failure is logged."""
    prefix = parameters.output_metadata_prefix
    if prefix is None:
        return
    try:
        tabs = merged([*(shown(deck) for deck in current(parameters.decks)), *(more or [])])
        document = page(header(parameters, outcome, error), tabs).encode("utf-8", "xmlcharrefreplace")
        from wingbeat.storage import transfer

        # What S3's drivers call it, and what Google's do.
        names = {"ContentType": "text/html", "content_type": "text/html"}
        transfer.write_chunks(storage.join(prefix, "deck.html"), [document], **names)
    except (Exception, NotCovered) as failed:  # noqa: BLE001 a task does not fail for its decks
        log.error(f"Failed to write flyte deck html with error {type(failed).__name__}: {text_of(failed)}")


def header(parameters: ExecutionParameters, outcome: str, error: str) -> Header:
    """What is known of the run."""
    from datetime import datetime, timezone

    task = phases.notes.get("task")
    module, _, name = (str(getattr(task, "name", "")) or parameters.task_id.name).rpartition(".")
    execution = parameters.execution_id
    last = phase_report.until_now()[-1]
    took = last.start + last.wall
    began = datetime.fromtimestamp(phase_report.started(), timezone.utc)
    facts = {
        "Module": module,
        "Execution": " / ".join(part for part in (execution.project, execution.domain, execution.name) if part),
        "Version": parameters.task_id.version or "",
        "Attempt": str(parameters.attempt + 1),
        "Started": f"{began:%Y-%m-%d %H:%M:%S} UTC",
        "Took" if outcome != "running" else "So far": seconds(took),
    }
    return Header(name or "Deck", outcome, error, facts)


def current(decks: list[Deck]) -> list[Deck]:
    """The decks without those that have been published and then made anew: a deck of the same name replaces them."""
    latest = {deck.name: deck for deck in decks}
    return [deck for deck in decks if latest[deck.name] is deck or not getattr(deck, "_published", False)]


def shown(deck: Deck) -> Tab:
    """A deck as a tab."""
    try:
        html = str(deck.html)
    except (Exception, NotCovered) as error:  # noqa: BLE001 a user's class
        return Tab(deck.name, [could_not(f"the deck {deck.name!r}", error)])
    return Tab(str(deck.name), [own(html) if isinstance(deck, TimeLineDeck) else piece(html)])


def merged(tabs: list[Tab]) -> list[Tab]:
    """The tabs, those of one name made one, where the first of them is."""
    found: dict[str, Tab] = {}
    for tab in tabs:
        if tab.name in found:
            found[tab.name].pieces += tab.pieces
        else:
            found[tab.name] = Tab(tab.name, list(tab.pieces))
    return list(found.values())


def could_not(what: str, error: BaseException) -> str:
    """Log that something cannot be shown; the result is shown instead."""
    said = f"{type(error).__name__}: {text_of(error)}"
    log.error(f"Deck: {what} could not be shown: {said}")
    return f'<p class="error">{escape(f"Could not be shown: {shorten(said, _ERROR)}")}</p>'
