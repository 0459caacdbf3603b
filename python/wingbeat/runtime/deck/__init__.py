"""Decks: what a task shows of itself, one page of tabs (runtime contract 5.9 and 10.3).

Nothing here is loaded by a task that has no decks.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.context import ExecutionParameters
    from wingbeat.runtime.deck.deck import Deck
    from wingbeat.runtime.deck.timeline import TimeLineDeck


def default_deck(parameters: ExecutionParameters) -> Deck:
    """`current_context().default_deck`: the deck named `default`, made when first asked for."""
    from wingbeat.runtime.deck.deck import Deck

    for deck in parameters.decks:
        if deck.name == "default":
            return deck
    deck = Deck("default", auto_add_to_deck=False)
    parameters.decks.append(deck)
    return deck


def timeline_deck(parameters: ExecutionParameters) -> TimeLineDeck:
    """`current_context().timeline_deck`: among the decks if the task shows it, else one that nobody sees."""
    from wingbeat.runtime.deck.timeline import TimeLineDeck

    for deck in parameters.decks:
        if isinstance(deck, TimeLineDeck):
            return deck
    if parameters._timeline is None:
        parameters._timeline = TimeLineDeck("Timeline", auto_add_to_deck=False)
    return parameters._timeline
