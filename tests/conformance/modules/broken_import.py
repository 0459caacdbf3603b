from flytekit import task


@task
def never(a: int) -> int:
    return a


raise RuntimeError("while the module is imported")
