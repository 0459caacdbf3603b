from flytekit import task
from flytekit.exceptions.user import FlyteRecoverableException


@task
def never(a: int) -> int:
    return a


raise FlyteRecoverableException("the database is not there yet")
