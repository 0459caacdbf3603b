"""What modules declare around their tasks: nothing of it runs in a task's process, all of it is there."""

import os
import typing
from datetime import datetime, timedelta
from typing import Annotated, Dict, List, NamedTuple, Optional

import flytekit
from flytekit import (
    Annotations,
    Artifact,
    AuthRole,
    Cache,
    CachePolicy,
    ConcurrencyLimitBehavior,
    ConcurrencyPolicy,
    ContainerTask,
    CronSchedule,
    Description,
    Documentation,
    Email,
    FixedRate,
    ImageSpec,
    Labels,
    LaunchPlan,
    Options,
    PagerDuty,
    PodTemplate,
    Resources,
    Secret,
    SecurityContext,
    Slack,
    SourceCode,
    SQLTask,
    TaskMetadata,
    TaskReference,
    VersionParameters,
    Workflow,
    WorkflowExecutionPhase,
    WorkflowFailurePolicy,
    approve,
    conditional,
    current_context,
    dynamic,
    get_reference_entity,
    kwtypes,
    map_task,
    reference_launch_plan,
    reference_task,
    reference_workflow,
    sleep,
    task,
    wait_for_input,
    workflow,
)
from flytekit.core.node_creation import create_node
from flytekit.core.task import Echo
from flytekit.extras.accelerators import A10G, A100, T4, V100
from flytekit.models.core.identifier import ResourceType
from flytekit.models.security import Identity

image = ImageSpec(name="image", packages=["pandas"], python_version="3.11", registry="localhost:30000", env={"A": "b"})
if image.is_container():
    import no_such_module_in_this_container


@task(
    container_image=image,
    requests=Resources(cpu="1", mem="1Gi", gpu="1", ephemeral_storage="1Gi"),
    limits=Resources(cpu="2", mem="2Gi", gpu="1"),
    secret_requests=[Secret(group="g", key="k", mount_requirement=Secret.MountType.ENV_VAR)],
    cache=Cache(version="1", serialize=True, ignored_inputs=("b",)),
    retries=3,
    timeout=timedelta(minutes=5),
    interruptible=True,
    deprecated="not for long",
    environment={"A": "b"},
    accelerator=T4,
    shared_memory=True,
    labels={"team": "us"},
    annotations={"note": "it"},
    docs=Documentation(short_description="short", source_code=SourceCode(link="https://example.com")),
)
def declared(a: int, b: int = 2) -> int:
    """Adds.

    Args:
        a: the one
        b: the other
    """
    return a + b


@task(resources=Resources(cpu=("1", "2"), mem="1Gi"), pod_template_name="template", enable_deck=False)
def with_resources(a: int) -> int:
    return a


@task(cache=True, cache_version="1.0", cache_serialize=True, cache_ignore_input_vars=("b",))
def cached_the_old_way(a: int, b: int = 1) -> int:
    return a + b


class Policy(CachePolicy):
    def get_version(self, salt: str, params: VersionParameters) -> str:
        return f"{salt} {params.func.__name__}"


@task(cache=Cache(policies=[Policy()], salt="s"))
def cached_by_policy(a: int) -> int:
    return a


@task
def cleanup(a: int = 0, err: Optional[str] = None):
    print("clean")


@workflow(failure_policy=WorkflowFailurePolicy.FAIL_AFTER_EXECUTABLE_NODES_COMPLETE, interruptible=True, on_failure=cleanup)
def pipeline(a: int = 1) -> int:
    """A pipeline."""
    first = declared(a=a).with_overrides(limits=Resources(cpu="3"), retries=1)
    second = create_node(with_resources, a=first)
    again = (
        conditional("big")
        .if_(first > 3)
        .then(declared(a=first))
        .elif_((first == 2) & (a < 3))
        .then(declared(a=second.o0))
        .else_()
        .fail("too small")
    )
    return again


@workflow
def gated(a: int) -> int:
    approved = approve(declared(a=a), "approval", timeout=timedelta(hours=1))
    given = wait_for_input("number", timeout=timedelta(hours=1), expected_type=int)
    waiting = sleep(timedelta(seconds=1))
    waiting >> approved
    return declared(a=approved, b=given)


@workflow
def never_run(a: int) -> int:
    raise AssertionError("a workflow's body is not for the process of a task")


@dynamic
def fans_out(n: int) -> List[int]:
    return [declared(a=index) for index in range(n)]


@dynamic(container_image="image:1", requests=Resources(cpu="1"), cache=True, cache_version="2")
def fans_out_too(n: int) -> List[int]:
    return [declared(a=index) for index in range(n)]


@flytekit.eager
async def eagerly(a: int) -> int:
    return await declared(a=a)


imperative = Workflow(name="imperative")
imperative.add_workflow_input("a", int)
node = imperative.add_entity(declared, a=imperative.inputs["a"], b=3)
other = imperative.add_entity(with_resources, a=node.outputs["o0"])
imperative.add_workflow_output("result", other.outputs["o0"])

default_plan = LaunchPlan.get_or_create(pipeline)
plan = LaunchPlan.get_or_create(
    pipeline,
    "plan",
    default_inputs={"a": 3},
    schedule=CronSchedule(schedule="0 8 * * *", kickoff_time_input_arg=None),
    notifications=[
        Email([WorkflowExecutionPhase.FAILED], ["somebody@example.com"]),
        Slack([WorkflowExecutionPhase.SUCCEEDED], ["somebody@example.com"]),
        PagerDuty([WorkflowExecutionPhase.TIMED_OUT], ["somebody@example.com"]),
    ],
    labels=Labels({"a": "b"}),
    annotations=Annotations({"c": "d"}),
    max_parallelism=3,
    security_context=SecurityContext(run_as=Identity(iam_role="role")),
    auto_activate=True,
    concurrency=ConcurrencyPolicy(max_concurrency=1, behavior=ConcurrencyLimitBehavior.SKIP),
)
rated = LaunchPlan.create("rated", pipeline, fixed_inputs={"a": 4}, schedule=FixedRate(timedelta(minutes=10)))
options = Options(labels=Labels({"a": "b"}), annotations=Annotations({}))


@reference_task(project="p", domain="d", name="remote.task", version="v1")
def remote_task(a: int, words: List[str]) -> str: ...


@reference_workflow(project="p", domain="d", name="remote.workflow", version="v1")
def remote_workflow(a: int) -> int: ...


@reference_launch_plan(project="p", domain="d", name="remote.plan", version="v1")
def remote_plan(a: int) -> int: ...


remote_entity = get_reference_entity(ResourceType.TASK, "p", "d", "entity", "v1", inputs=kwtypes(a=int), outputs={})
container = ContainerTask(
    name="container",
    image="alpine",
    input_data_dir="/var/inputs",
    output_data_dir="/var/outputs",
    inputs=kwtypes(a=int),
    outputs=kwtypes(b=str),
    command=["sh", "-c", "echo {{.inputs.a}} > /var/outputs/b"],
    requests=Resources(cpu="1"),
    secret_requests=[Secret("g", "k")],
)
sql = SQLTask("sql", "select * from t where a = {{ .inputs.a }}", inputs=kwtypes(a=int))
echo = Echo(name="echo", inputs=kwtypes(a=int))
Model = Artifact(name="model", partition_keys=["region"], time_partitioned=False)


@task
def makes_artifact(a: int) -> Annotated[int, Model(region="eu")]:
    return a


@task
def notes_artifact(a: int) -> Annotated[int, Model]:
    return Model.create_from(a + 1000, region="eu")


@task
def looks_around(a: int) -> List[str]:
    return [
        image.name,
        str(image.packages),
        str(declared.metadata.retries),
        declared.metadata.deprecated,
        str(declared.metadata.timeout),
        declared.metadata.cache_version,
        plan.name,
        default_plan.name,
        pipeline.name,
        str(sorted(pipeline.python_interface.inputs)),
        container.name,
        sql.query_template,
        str(plan.schedule is not None),
        str(len(plan.notifications)),
        str(options.labels.values),
        str(T4 is not V100),
        str(WorkflowFailurePolicy.FAIL_IMMEDIATELY.name),
        str(current_context().execution_id is not None),
    ]


mapped = map_task(declared, concurrency=2, min_success_ratio=0.5)
