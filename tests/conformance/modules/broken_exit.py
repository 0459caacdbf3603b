import sys

from flytekit import task


@task
def never(a: int) -> int:
    return a


sys.exit(4)
