import os
import typing
from typing import Dict, List

import flytekit
from flytekit import Checkpoint, Deck, ExecutionParameters, FlyteContext, FlyteContextManager, Secret, current_context, logger, task
from flytekit.core.context_manager import ExecutionState, OutputMetadata, SecretsManager
from flytekit.core.context_manager import FlyteContextManager as TheSame
from flytekit.core.utils import timeit
from flytekit.deck import DeckField, MarkdownRenderer, SourceCodeRenderer, TopFrameRenderer


@task
def identifiers(a: int) -> List[str]:
    context = current_context()
    return [
        context.execution_id.project,
        context.execution_id.domain,
        context.execution_id.name,
        context.task_id.name,
        context.task_id.version,
        str(context.execution_date.tzinfo),
        str(os.path.isdir(context.working_directory)),
        str(isinstance(context, ExecutionParameters)),
        os.path.basename(context.raw_output_prefix.rstrip("/")),
        os.path.basename(context.output_metadata_prefix.rstrip("/")),
    ]


@task
def state(a: int) -> List[str]:
    context = FlyteContextManager.current_context()
    return [
        str(TheSame is FlyteContextManager),
        str(isinstance(context, FlyteContext)),
        str(context.execution_state.mode == ExecutionState.Mode.TASK_EXECUTION),
        str(context.execution_state.is_local_execution()),
        str(context.user_space_params is current_context()),
        str(context.compilation_state is None),
        str(flytekit.FlyteContextManager is FlyteContextManager),
    ]


@task(secret_requests=[Secret(group="group", key="key")])
def secret(group: str, key: str) -> str:
    return current_context().secrets.get(group, key)


@task
def secret_attribute(a: int) -> str:
    return current_context().secrets.group.key


@task
def secret_file(group: str, key: str) -> str:
    return os.path.basename(current_context().secrets.get_secrets_file(group, key))


@task
def logs(a: int) -> None:
    current_context().logging.info("to the user's log")
    logger.warning("to flytekit's log")


@task
def save(a: int) -> str:
    checkpoint = current_context().checkpoint
    assert isinstance(checkpoint, Checkpoint)
    before = checkpoint.read()
    checkpoint.write(f"{a}".encode())
    return repr(before)


@task
def no_checkpoint(a: int) -> str:
    return repr(current_context().checkpoint)


@task
def metrics(a: int) -> int:
    current_context().stats.incr("counter")
    with current_context().stats.timer("timer"):
        return a


@task
def pushes(a: int) -> str:
    context = FlyteContextManager.current_context()
    with FlyteContextManager.with_context(context.with_execution_state(context.execution_state)) as inner:
        inside = FlyteContextManager.current_context() is inner
    return f"{inside} {FlyteContextManager.current_context() is context} {FlyteContextManager.size() > 0}"


@task
def attribute(a: int) -> str:
    params = current_context().builder().add_attr("SESSION", "a session").build()
    return f"{params.session} {params.has_attr('SESSION')} {params.has_attr('OTHER')}"


@task
def no_attribute(a: int) -> str:
    return current_context().no_such_session


@task
def threads(a: int) -> str:
    import contextvars
    import threading

    seen = []
    context = contextvars.copy_context()
    thread = threading.Thread(target=lambda: seen.append(context.run(lambda: current_context().execution_id.name)))
    thread.start()
    thread.join()
    return seen[0]


@task(enable_deck=True)
def decks(a: int) -> int:
    Deck("mine", "<b>one</b>").append("<i>two</i>")
    Deck("markdown", MarkdownRenderer().to_html("# title"))
    current_context().default_deck.append("default")
    with timeit("measured"):
        return a


@task(enable_deck=True, deck_fields=(DeckField.SOURCE_CODE, DeckField.OUTPUT))
def some_decks(a: int) -> int:
    return a


@task(enable_deck=True, deck_fields=())
def no_fields(a: int) -> int:
    return a


@task(disable_deck=False)
def deprecated_decks(a: int) -> int:
    return a


@task(enable_deck=True)
def failing_with_deck(a: int) -> int:
    Deck("before", "it failed")
    raise ValueError("with a deck")


@task(enable_deck=True)
def published(a: int) -> int:
    Deck("early", "published")
    Deck.publish()
    return a


@task
def not_enabled(a: int) -> int:
    Deck("unseen", "x")
    return a


@task
def environment(name: str) -> str:
    return os.environ[name]


class Note:
    def serialize_to_string(self, ctx, variable_name: str):
        return "note", f"about {variable_name}"


@task
def with_metadata(a: int) -> List[int]:
    result = [a]
    tracker = FlyteContextManager.current_context().output_metadata_tracker
    tracker.add(result, OutputMetadata(None, {}, None, [Note()]))
    return result
