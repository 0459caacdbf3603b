"""Records that modules make while they are imported: what flytekit accepts, refuses and shows, case by case."""

# ruff: noqa: F401 the cases use them

from __future__ import annotations

import dataclasses
import datetime
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from tests.authoring import evaluation
from tests.types.oracle import interpreter
from wingbeat.authoring import accelerators
from wingbeat.authoring.cache import Cache, CachePolicy, VersionParameters
from wingbeat.authoring.concurrency import ConcurrencyLimitBehavior, ConcurrencyPolicy
from wingbeat.authoring.copy_mode import CopyFileDetection
from wingbeat.authoring.documentation import Description, Documentation, SourceCode
from wingbeat.authoring.image_spec import ImageBuildEngine, ImageSpec, ImageSpecBuilder
from wingbeat.authoring.notification import Email, PagerDuty, Slack
from wingbeat.authoring.options import Options
from wingbeat.authoring.pod_template import PodTemplate
from wingbeat.authoring.resource_messages import construct_extended_resources, convert_resources_to_resource_model
from wingbeat.authoring.resources import Resources, ResourceSpec, pod_spec_from_resources
from wingbeat.authoring.schedule import CronSchedule, FixedRate, OnSchedule
from wingbeat.authoring.secret import Secret
from wingbeat.idl.execution import WorkflowExecutionPhase
from wingbeat.runtime import context

NAMES: dict[str, Any] = {
    name: value for name, value in list(globals().items()) if name[:1] != "_" and name not in ("evaluation", "pytest")
}

RESOURCES = [
    "Resources()",
    "Resources('1', '2Gi', '1', '5Gi')",
    "Resources(cpu=1, mem=10, gpu=2, ephemeral_storage=7)",
    "Resources(cpu=0.5)",
    "Resources(cpu=('1', '2'), mem=['1Gi', '2Gi'])",
    "Resources(cpu=True)",
    "Resources(cpu={})",
    "Resources(mem=0.5)",
    "Resources(gpu=('1',))",
    "Resources(ephemeral_storage=('1', 2, '3'))",
    "Resources(cpu=(1, None))",
    "Resources(memory='1')",
    "Resources(cpu='1') == Resources('1')",
    "Resources(cpu='1') == Resources('2')",
    "Resources(cpu='1') != Resources('2')",
    "Resources() == None",
    "hash(Resources())",
    "r = Resources();; r.cpu = '3';; r",
    "dataclasses.replace(Resources(cpu='1'), mem='2Gi')",
    "dataclasses.replace(Resources(cpu='1'), mem=1.5)",
    "dataclasses.asdict(Resources(cpu=('1', '2')))",
    "dataclasses.astuple(Resources(cpu=('1', '2')))",
    "[field.name for field in dataclasses.fields(Resources)]",
    "dataclasses.is_dataclass(Resources)",
    "Resources(cpu=('1', '2')).to_dict()",
    "Resources.from_dict({'cpu': 1, 'other': 2})",
    "Resources.from_json(Resources(mem='1Gi').to_json())",
    "Resources.__match_args__",
    "ResourceSpec.from_multiple_resource(Resources(cpu=('1', '2'), mem='3Gi'))",
    "ResourceSpec(Resources(), Resources())",
    "ResourceSpec(Resources())",
    "ResourceSpec(Resources('1'), Resources(cpu=('1', '2'))).to_dict()",
    "ResourceSpec.from_json(ResourceSpec(Resources('1'), Resources('2')).to_json())",
    "Resources.cpu, Cache.version, ImageSpec.name, ImageSpec.packages, PodTemplate.primary_container_name, Secret.key",
    "pod_spec_from_resources(requests=Resources(cpu=('1', '2')))",
    "convert_resources_to_resource_model(Resources(1, '2', ephemeral_storage=3), Resources(gpu='4'))",
    "convert_resources_to_resource_model(Resources(cpu=('1', '2')))",
    "convert_resources_to_resource_model()",
    "construct_extended_resources()",
    "construct_extended_resources(accelerator=accelerators.T4, shared_memory=True)",
    "construct_extended_resources(shared_memory='1Gi')",
]

SECRETS = [
    "Secret(group='g')",
    "Secret('g', 'k', '1')",
    "Secret(key='k')",
    "Secret(group='g', env_var='AB_1')",
    "Secret(group='g', env_var='ab')",
    "Secret(group='g', env_var='1A')",
    "Secret(group='g', env_var='')",
    "Secret(group='g', env_var='A-B')",
    "Secret(group='g', env_var='A\\n')",
    "Secret(group='g', mount_requirement=Secret.MountType.FILE)",
    "Secret(group='g') == Secret('g', mount_requirement=Secret.MountType.ANY)",
    "Secret(group='g') == Secret('h')",
    "list(Secret.MountType)",
    "str(Secret('g', 'k')), f'{Secret(chr(65))}'",
    "Secret('g').is_empty, Secret('g', 'k').serialize_to_string()",
    "Secret('g').mount_requirement is Secret.MountType.ANY",
    "s = Secret('g');; s.mount_requirement = Secret.MountType.ENV_VAR;; s",
    "dataclasses.replace(Secret('g'), key='k')",
    "Secret('g', 'k', '1', Secret.MountType.ENV_VAR, 'A').to_flyte_idl()",
    "Secret.from_flyte_idl(Secret('g', 'k', '1', Secret.MountType.ENV_VAR, 'A').to_flyte_idl())",
    "Secret.from_flyte_idl(Secret('g').to_flyte_idl())",
]

IMAGES = [
    "ImageSpec()",
    "ImageSpec('Name', packages=['a'])",
    "ImageSpec(name='x', packages=['a']).id",
    "ImageSpec(name='x', packages=['a'], builder='b', runtime_packages=['r']).id",
    "ImageSpec(name='x', base_image=ImageSpec(packages=['b']), env={'A': 'b'}).id",
    "ImageSpec(name='x', pip_secret_mounts=[('a', 'b')], builder_config={'a': [('b', 1)]}).id",
    "ImageSpec(name='x', source_root='/src').id",
    "ImageSpec(name='x', packages=['a']).tag",
    "ImageSpec(name='x', tag_format='{spec_hash}-dev').tag",
    "ImageSpec(registry='GHCR.io/You', registry_config='x.json').image_name()",
    "ImageSpec(base_image=ImageSpec(registry='localhost:30000')).image_name()",
    "ImageSpec(requirements='/nowhere/requirements.txt').tag",
    "ImageSpec(registry='no!registry')",
    "ImageSpec(packages='a')",
    "ImageSpec(commands=[1])",
    "ImageSpec(entrypoint=())",
    "ImageSpec(pip_secret_mounts=['a'])",
    "ImageSpec(builder_options=[])",
    "ImageSpec(source_root='/src').source_copy_mode",
    "ImageSpec(source_copy_mode=CopyFileDetection.ALL).source_copy_mode",
    "ImageSpec(unknown=1)",
    "ImageSpec(packages=['a']).with_packages('b').with_packages(['c']).packages",
    "ImageSpec().with_commands(['a']).with_apt_packages('b').with_copy('c')",
    "ImageSpec().with_runtime_packages(['a']).with_builder_options({'b': 1})",
    "ImageSpec().with_packages({'a': 1}).packages",
    "ImageSpec(packages=['a']).with_packages({'a': 1})",
    "ImageSpec().force_push()._is_force_push",
    "ImageSpec.from_env(python_version='3.9')",
    "ImageSpec.from_env(packages=['a']).packages",
    "ImageSpec.from_env(pinned_packages=['no-such-package'])",
    "ImageSpec() == ImageSpec()",
    "hash(ImageSpec()) == hash(ImageSpec())",
    "len({ImageSpec(), ImageSpec(), ImageSpec('other')})",
    "dataclasses.replace(ImageSpec('a'), name='B').name",
    "ImageSpec().is_container()",
    "ImageSpecBuilder().build_image(ImageSpec())",
    (
        "ImageBuildEngine.register('x', ImageSpecBuilder(), 9);; b = ImageSpec().builder;; "
        "ImageBuildEngine._REGISTRY.pop('x');; b"
    ),
    "sorted(ImageBuildEngine.get_registry())",
]

CACHES = [
    "Cache()",
    "Cache('1')",
    "Cache(version='1', serialize=True, ignored_inputs='a').get_ignored_inputs()",
    "Cache(version='1', ignored_inputs=('a', 'b'))",
    "Cache(policies=[])",
    (
        "class P:\n  def get_version(self, salt, params): return salt + params.func.__name__;; "
        "Cache(salt='s', policies=P()).get_version(VersionParameters(func=len))"
    ),
    (
        "class P(CachePolicy):\n  def get_version(self, salt, params): return 1 / 0;; "
        "Cache(policies=[P()]).get_version(VersionParameters(len)).__cause__"
    ),
    "class P:\n  def get_version(self): pass;; isinstance(P(), CachePolicy), isinstance(1, CachePolicy)",
    "VersionParameters(func=len)",
    "VersionParameters()",
    "Cache('1') == Cache(version='1')",
]

OTHERS = [
    "PodTemplate(pod_spec=1)",
    "PodTemplate(pod_spec=1, primary_container_name='')",
    "PodTemplate(1, 'p', {'a': 'b'}, {'c': 'd'}) == PodTemplate(1, 'p', {'a': 'b'}, {'c': 'd'})",
    "PodTemplate(pod_spec={'containers': [{'name': 'a'}]}).version_hash()",
    "Options()",
    "Options(max_parallelism=3) == Options(max_parallelism=3)",
    "Documentation('short', Description('long'), SourceCode('link'))",
    "Documentation('short', Description('long'), SourceCode('link')).to_flyte_idl()",
    "Documentation.from_flyte_idl(Documentation('short', Description('long')).to_flyte_idl())",
    "Description().format",
    "str(Documentation('short', Description('long')))",
    "SourceCode().is_empty",
    "SourceCode.from_flyte_idl(SourceCode().to_flyte_idl())",
    "ConcurrencyPolicy(max_concurrency=2)",
    "ConcurrencyPolicy(2, ConcurrencyLimitBehavior.SKIP) == ConcurrencyPolicy(2)",
    "ConcurrencyPolicy(2).behavior, ConcurrencyPolicy(2).max_concurrency",
    "ConcurrencyLimitBehavior.enum_to_string(1), ConcurrencyLimitBehavior.enum_to_string(2)",
    "Email(phases=[WorkflowExecutionPhase.SUCCEEDED], recipients_email=['a@b'])",
    "Slack(phases=[WorkflowExecutionPhase.FAILED, WorkflowExecutionPhase.ABORTED], recipients_email=['a@b']).slack",
    "PagerDuty(phases=[WorkflowExecutionPhase.TIMED_OUT], recipients_email=[]).phases",
    "Email(phases=[], recipients_email=['a@b'])",
    "Email(phases=[WorkflowExecutionPhase.RUNNING], recipients_email=['a@b'])",
    "Email([4], ['a']) == Email([4], ['a']), Email([4], ['a']) == Email([4], ['b'])",
    "CronSchedule(schedule='*/5 * * * *', offset='PT1H')",
    "CronSchedule(schedule='daily', kickoff_time_input_arg='t').kickoff_time_input_arg",
    "CronSchedule(schedule='@weekly').schedule_expression",
    "CronSchedule()",
    "CronSchedule(cron_expression='0 10 * * ? *')",
    "CronSchedule(schedule='daily', offset='an hour')",
    "CronSchedule(schedule='daily') == CronSchedule(schedule='daily')",
    "FixedRate(duration=datetime.timedelta(minutes=90))",
    "FixedRate(datetime.timedelta(hours=2)).rate",
    "FixedRate(datetime.timedelta(days=14)).rate",
    "FixedRate(datetime.timedelta(seconds=90))",
    "FixedRate(datetime.timedelta(minutes=1, microseconds=1))",
    "OnSchedule(FixedRate(datetime.timedelta(days=1))).to_flyte_idl()",
]

ACCELERATORS = [
    "accelerators.T4.to_flyte_idl()",
    "accelerators.GPUAccelerator('mine').to_flyte_idl()",
    "accelerators.A100.to_flyte_idl()",
    "accelerators.A100.unpartitioned.to_flyte_idl()",
    "accelerators.A100.partition_2g_10gb.to_flyte_idl()",
    "accelerators.V5P.slice_16x16x24.to_flyte_idl()",
    "accelerators.V6E.slice_1x1.to_flyte_idl()",
    "accelerators.V6E.slice_3x3",
    "accelerators.BaseAccelerator()",
    "class Mine(accelerators.MultiInstanceGPUAccelerator):\n  device = 'm';; Mine.partitioned('1').to_flyte_idl()",
    (
        "sorted(n + '.' + p for n, a in vars(accelerators).items() if isinstance(a, accelerators.BaseAccelerator)"
        " for p in dir(a) if p.startswith(('partition_', 'slice_')))"
    ),
    (
        "sorted((n, str(a.to_flyte_idl())) for n, a in vars(accelerators).items() "
        "if isinstance(a, accelerators.BaseAccelerator))"
    ),
]

ALL = [*RESOURCES, *SECRETS, *IMAGES, *CACHES, *OTHERS, *ACCELERATORS]

#: Of these the libraries say the same in other words, or one that is not installed in both would have to answer.
CLASS_ONLY = {"Resources(memory='1')", "ResourceSpec(Resources())", "ImageSpec(unknown=1)", "VersionParameters()"}


@pytest.fixture(scope="module")
def theirs() -> dict[str, list[str]]:
    """What every case comes to with flytekit."""
    done = subprocess.run(
        [interpreter(), Path(__file__).with_name("oracle_records.py")],
        input=json.dumps(ALL),
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return dict(zip(ALL, json.loads(done.stdout.splitlines()[-1]), strict=True))


@pytest.mark.parametrize("case", ALL)
def test_an_expression_comes_to_the_same(case: str, theirs: dict[str, list[str]]) -> None:
    (ours,) = evaluation.evaluate([case], NAMES)
    if case in CLASS_ONLY:
        assert ours[0] == theirs[case][0]
    else:
        assert ours == theirs[case]


def test_in_a_task_a_secret_needs_no_group(task_process: None) -> None:
    assert Secret(key="k").group is None
    with pytest.raises(ValueError, match="Invalid environment variable name: a"):
        Secret(key="k", env_var="a")


def test_in_a_task_an_image_is_known_by_its_id(task_process: None, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = ImageSpec(name="x", packages=["a"])
    assert not spec.is_container()
    monkeypatch.setenv("_F_IMG_ID", spec.id)
    assert spec.is_container()
    assert not spec.with_packages("b").is_container()


@pytest.fixture
def task_process() -> Iterator[None]:
    """What a command has entered."""
    before = context.process_context()
    context.enter("raw", "out", None, None)
    yield
    context._process = before


def test_hints_of_a_record_can_be_read() -> None:
    assert get_type_hints(Resources)["ephemeral_storage"] == str | int | None


def test_a_dataclass_may_derive_from_a_record() -> None:
    @dataclasses.dataclass
    class More(Resources):
        queue: str = "default"

    more = More(cpu="1", queue="fast")
    assert isinstance(more, Resources)
    assert repr(more).endswith("More(cpu='1', mem=None, gpu=None, ephemeral_storage=None, queue='fast')")
    assert dataclasses.replace(more, mem="1Gi").mem == "1Gi"


def test_a_pattern_takes_a_record_apart() -> None:
    match Resources("1", "2Gi"):
        case Resources(cpu, mem):
            assert (cpu, mem) == ("1", "2Gi")
