"""A tab of a task's page, made by user code."""

from __future__ import annotations

from wingbeat.runtime import context


class Deck:
    """A tab. What it shows is HTML: a fragment, or a whole document, which then gets a frame of its own.

    Args:
        name: What is written on the tab. Decks of one name share a tab, in the order in which they were made.
        html: What it shows.
        auto_add_to_deck: Whether it is added to the decks of the current task.
    """

    def __init__(self, name: str, html: str | None = "", auto_add_to_deck: bool = True) -> None:
        self._name = name
        self._html = html or ""
        self._published = False
        if auto_add_to_deck:
            context.current_context().decks.append(self)

    def append(self, html: str) -> Deck:
        """Show this too, below. The result is the deck itself.

        Raises:
            AssertionError: it is not text.
        """
        if not isinstance(html, str):
            raise AssertionError(  # noqa: TRY004  # as flytekit
                f"Deck.append takes HTML as text, and got {type(html).__name__}: call str() or a renderer"
            )
        self._html = f"{self._html}\n{html}"
        return self

    @property
    def name(self) -> str:
        """What is written on the tab."""
        return self._name

    @property
    def html(self) -> str:
        """What it shows."""
        return self._html

    @staticmethod
    def publish() -> None:
        """Write the page now, with the decks so far; it is written again when the task ends.

        A deck made after this replaces those of the same name: so a tab can be kept up to date. Without
        `@task(enable_deck=True)` nothing is written, and a warning says so.
        """
        parameters = context.current_context()
        if not parameters.enable_deck:
            from wingbeat.runtime import log

            log.warning(
                f"Attempted to call publish() in task '{parameters.task_id.name}', but Flyte decks will not be "
                "generated because enable_deck is currently set to False."
            )
            return
        from wingbeat.runtime.deck.publishing import publish

        publish(parameters)
