from flytekit import Resources, task
from flytekitplugins.kfpytorch import Master, PyTorch, Worker


@task(task_config=PyTorch(master=Master(requests=Resources(cpu="1")), worker=Worker(replicas=2)), requests=Resources(cpu="1"))
def train(rate: float, epochs: int) -> float:
    return rate / epochs


@task(task_config=PyTorch(worker=Worker(replicas=2)))
def fail(epochs: int) -> int:
    raise ValueError(f"after {epochs}")


@task
def plain(a: int) -> int:
    return a
