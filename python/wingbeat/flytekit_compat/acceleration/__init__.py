"""wingbeat's codec under the real flytekit (docs/acceleration.md).

Nothing of flytekit is imported before `accelerate` is called.
"""

from __future__ import annotations

from wingbeat.flytekit_compat.acceleration import modes

__all__ = ["accelerate"]


def accelerate(mode: str | None = None) -> str:
    """Let wingbeat read the inputs and convert the outputs of tasks that run under flytekit.

    Only values whose type wingbeat converts exactly as flytekit does; flytekit's transformers convert all others. May
    be called at any time and again; takes effect with the next task. Where `flytekit` is wingbeat's own, it does
    nothing.

    Args:
        mode: `on`; `off` restores flytekit as it was; `strict`: what is not accelerated is an error; `compare`: both
            convert, flytekit's result counts, and differences are logged. None stands for what WINGBEAT_ACCELERATE
            says, and `on` if it says nothing; of a word that it may not say a warning is logged.

    Returns:
        The mode that is in effect: `off` also for a flytekit of a version that wingbeat was not tested with, of which
        a warning is logged.

    Raises:
        ValueError: there is no such mode.
        ModuleNotFoundError: flytekit is not installed.
    """
    wanted = modes.of_environment() if mode is None else modes.checked(mode, "accelerate()")
    if wanted == modes.OFF:
        return _stop()
    from wingbeat.flytekit_compat.acceleration import versions

    if not versions.is_real():
        return _stop()
    if not versions.is_tested():
        versions.warn()
        return _stop()
    from wingbeat.flytekit_compat.acceleration import patches

    patches.install()
    modes.current = wanted
    return wanted


def _stop() -> str:
    if modes.current != modes.OFF:
        from wingbeat.flytekit_compat.acceleration import patches

        modes.current = modes.OFF
        patches.uninstall()
    return modes.OFF
