import typing

from flytekit import task


@task
def never(a: int, pair: typing.Tuple[int, str]) -> int:
    return a
