"""What `flytekit.load_implicit_plugins` comes to: nothing where no plugin is installed."""

from __future__ import annotations

import sys


def load_implicit_plugins() -> None:
    """Load the installed plugins of flytekit, which flytekit does by itself when it is imported.

    Raises:
        NotCovered: there is one. It extends flytekit, and would not find it.
    """
    from wingbeat.types.left_to_flytekit import distributions

    for path in sys.path:
        for plugin, _ in distributions(path or "."):
            from wingbeat.exceptions import NotCovered

            raise NotCovered("flytekit.load_implicit_plugins", f"{plugin} is a plugin, which only flytekit can load")
