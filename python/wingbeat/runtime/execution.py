"""One run of one task, start to end. Reads like the picture in ARCHITECTURE.md."""

from __future__ import annotations

from wingbeat import storage
from wingbeat.runtime import context, environment, loading, phases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.runtime.invocation import Invocation


def run(invocation: Invocation) -> int:
    """Run the task; the result is the exit status of the process."""
    return phases.reported(lambda: attempt(invocation))


def attempt(invocation: Invocation) -> int:
    """The run itself.

    An exception of any step ends in `failure.report`, which knows from `step` what it means. What is not an
    `Exception` (`SystemExit`, `KeyboardInterrupt`) is not caught.
    """
    task = None
    step = "set up"
    try:
        if requirements := environment.runtime_packages():
            from wingbeat.runtime import packages

            packages.install(requirements)
        parameters = context.enter(
            raw_output_prefix(invocation),
            invocation.output_prefix,
            invocation.checkpoint_path,
            invocation.prev_checkpoint,
        )
        loading.extend_path()
        resolver = loading.find_resolver(invocation.resolver, invocation.resolver_args)
        if invocation.test:
            return 0
        document = storage.fetch(invocation.inputs)  # on its way while the user's module is imported

        step = "load"
        phases.begin("import")
        task = loading.load_task(resolver, invocation.resolver_args)
        phases.note(task=task)
        from wingbeat.runtime.inputs import InputCodec
        from wingbeat.runtime.outputs import OutputCodec

        reader, writer = InputCodec(task), OutputCodec(task)

        step = "read"
        phases.begin("fetch")
        data = document()
        step = "prepare"
        phases.begin("prepare")
        parameters = task.pre_execute(parameters)
        context.replace(parameters)
        step = "decode"
        phases.begin("decode")
        arguments = reader.decode(data)
        step = "execute"
        phases.begin("execute")
        result = task.execute(**arguments)
        step = "finish"
        phases.begin("finish")
        result = task.post_execute(parameters, result)
        step = "encode"
        phases.begin("encode")
        answer = writer.encode(result)
        step = "write"
        phases.begin("upload")
        storage.write(storage.join(invocation.output_prefix, "outputs.pb"), answer)
    except Exception as error:  # noqa: BLE001 whatever a step raises, the table knows it
        phases.begin("report")
        from wingbeat.runtime import failure

        return failure.report(error, step, task, invocation.output_prefix)
    return 0


def raw_output_prefix(invocation: Invocation) -> str:
    """Where user data goes.

    Raises:
        ValueError: nobody said; flytekit does not start without it either.
    """
    if invocation.raw_output_data_prefix is None:
        raise ValueError("--raw-output-data-prefix is missing, or is a template that was not filled")
    return invocation.raw_output_data_prefix
