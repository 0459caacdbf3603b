"""`LaunchPlan`: how a workflow is started (authoring spec 1.3 and 4.10). Recorded; nothing is started from here."""

from __future__ import annotations

from wingbeat.authoring.base_task import FlyteEntities, Lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

    from wingbeat.authoring.interface import Interface

__all__ = ["LaunchPlan"]


class LaunchPlan:
    """A workflow with inputs, a schedule and the like. Made by `get_or_create` or `create`.

    Args:
        name: The name under which it is registered.
        workflow: What it starts.
        parameters: The inputs that can be given, as Flyte describes them; by default, found out when asked for.
        fixed_inputs: The inputs that cannot, as literals; by default, converted when asked for.
        schedule, notifications, labels, annotations, raw_output_data_config, max_parallelism, security_context,
            trigger, overwrite_cache, auto_activate, concurrency: As flytekit has them.
    """

    #: The launch plans of this process, by name.
    CACHE: ClassVar[dict[str, LaunchPlan]] = {}

    def __init__(
        self,
        name: str,
        workflow: Any,
        parameters: Any = None,
        fixed_inputs: Any = None,
        schedule: Any = None,
        notifications: list[Any] | None = None,
        labels: Any = None,
        annotations: Any = None,
        raw_output_data_config: Any = None,
        max_parallelism: int | None = None,
        security_context: Any = None,
        trigger: Any = None,
        overwrite_cache: bool | None = None,
        auto_activate: bool = False,
        concurrency: Any = None,
    ) -> None:
        self._name = name
        self._workflow = workflow
        if parameters is not None:
            self._parameters = parameters
        if fixed_inputs is not None:
            self._fixed_inputs = fixed_inputs
        self._saved_inputs = {}
        self._raw_fixed_inputs: dict[str, Any] = {}
        self._schedule = schedule
        self._notifications = notifications or []
        self._labels = labels
        self._annotations = annotations
        self._raw_output_data_config = raw_output_data_config
        self._max_parallelism = max_parallelism
        self._security_context = security_context
        self._trigger = trigger
        self._overwrite_cache = overwrite_cache
        self._auto_activate = auto_activate
        self._concurrency = concurrency
        FlyteEntities.entities.append(self)

    _saved_inputs: Any = Lazily(lambda self: {name: value for name, (_, value) in _inputs(self).items()})
    _parameters: Any = Lazily(lambda self: _parameters(self, self._raw_fixed_inputs))
    _fixed_inputs: Any = Lazily(lambda self: _literals(self._raw_fixed_inputs, self.workflow))

    @staticmethod
    def get_default_launch_plan(ctx: Any, workflow: Any) -> LaunchPlan:  # noqa: ARG004
        """The launch plan that every workflow has, of its name and with its defaults."""
        found = LaunchPlan.CACHE.get(workflow.name)
        if found is None:
            options = workflow.default_options
            found = LaunchPlan(
                workflow.name,
                workflow,
                labels=options and options.labels,
                annotations=options and options.annotations,
            )
            # What the workflow's signature says is read when somebody asks for it: it may take a while.
            del found._saved_inputs
            LaunchPlan.CACHE[workflow.name] = found
        return found

    @classmethod
    def create(
        cls,
        name: str,
        workflow: Any,
        default_inputs: dict[str, Any] | None = None,
        fixed_inputs: dict[str, Any] | None = None,
        schedule: Any = None,
        notifications: list[Any] | None = None,
        labels: Any = None,
        annotations: Any = None,
        raw_output_data_config: Any = None,
        max_parallelism: int | None = None,
        security_context: Any = None,
        auth_role: Any = None,
        trigger: Any = None,
        overwrite_cache: bool | None = None,
        auto_activate: bool = False,
        concurrency: Any = None,
    ) -> LaunchPlan:
        """A new launch plan.

        Args:
            name: Its name.
            workflow: What it starts.
            default_inputs: Inputs that another value may be given for.
            fixed_inputs: Inputs that may not.
            schedule: When it is started: a `CronSchedule` or `FixedRate`.
            notifications: What is sent when an execution ends.
            labels, annotations: Of its executions.
            raw_output_data_config: Where its executions put their files.
            max_parallelism: How many nodes may run at once.
            security_context: What its executions run as.
            auth_role: Older code's way to say that.
            trigger: What starts it, in place of a schedule.
            overwrite_cache: Whether its executions use no earlier outputs.
            auto_activate: Whether it is active once it is registered.
            concurrency: How many of its executions may run at once.

        Raises:
            KeyError: a default is for no input of the workflow.
            AssertionError: a fixed value is, or there is a launch plan of that name.
            ValueError: both `auth_role` and `security_context` are given.
        """
        defaults, fixed = default_inputs or {}, fixed_inputs or {}
        for given in defaults:
            _ = workflow.python_interface.inputs[given]
        for given in fixed:
            if given not in workflow.python_interface.inputs:
                raise AssertionError(f"Received unexpected keyword argument {given}")
        if auth_role:
            if security_context:
                raise ValueError("Use of AuthRole is deprecated. You cannot specify both AuthRole and SecurityContext")
            security_context = _security_context(auth_role)
        made = cls(
            name,
            workflow,
            schedule=schedule,
            notifications=notifications,
            labels=labels,
            annotations=annotations,
            raw_output_data_config=raw_output_data_config,
            max_parallelism=max_parallelism,
            security_context=security_context,
            trigger=trigger,
            overwrite_cache=overwrite_cache,
            auto_activate=auto_activate,
            concurrency=concurrency,
        )
        defaults.update(fixed)
        made._saved_inputs = defaults
        made._raw_fixed_inputs = fixed
        if name in cls.CACHE:
            raise AssertionError(f"Launch plan named {name} was already created! Make sure your names are unique.")
        cls.CACHE[name] = made
        return made

    @classmethod
    def get_or_create(
        cls,
        workflow: Any,
        name: str | None = None,
        default_inputs: dict[str, Any] | None = None,
        fixed_inputs: dict[str, Any] | None = None,
        schedule: Any = None,
        notifications: list[Any] | None = None,
        labels: Any = None,
        annotations: Any = None,
        raw_output_data_config: Any = None,
        max_parallelism: int | None = None,
        security_context: Any = None,
        auth_role: Any = None,
        trigger: Any = None,
        overwrite_cache: bool | None = None,
        auto_activate: bool = False,
        concurrency: Any = None,
    ) -> LaunchPlan:
        """The launch plan of that name, made by `create` if there is none; without a name, the workflow's default one.

        Raises:
            ValueError: there is no name, and settings that a default launch plan does not have.
            AssertionError: there is one of that name with another workflow or other settings.
        """
        settings = {
            "schedule": schedule,
            "notifications": notifications,
            "labels": labels,
            "annotations": annotations,
            "raw_output_data_config": raw_output_data_config,
            "max_parallelism": max_parallelism,
            "security_context": security_context,
            "overwrite_cache": overwrite_cache,
        }
        if name is None:
            more = (default_inputs, fixed_inputs, auth_role, trigger)
            if any(value is not None for value in (*settings.values(), *more)):
                raise ValueError(
                    "Only named launchplans can be created that have other properties. Drop the name if you want to "
                    "create a default launchplan. Default launchplans cannot have any other associations"
                )
            return cls.get_default_launch_plan(None, workflow)
        settings |= {"auto_activate": auto_activate, "concurrency": concurrency}
        found = LaunchPlan.CACHE.get(name)
        if found is None:
            return cls.create(
                name,
                workflow,
                default_inputs,
                fixed_inputs,
                auth_role=auth_role,
                trigger=trigger,
                **settings,
            )
        settings["notifications"] = notifications or []
        if auth_role and not security_context:
            settings["security_context"] = _security_context(auth_role)
        defaults = default_inputs or {}
        defaults.update(fixed_inputs or {})
        found._compare(workflow, settings | {"saved_inputs": defaults})
        return found

    def _compare(self, workflow: Any, settings: dict[str, Any]) -> None:
        """Refuse what differs from what the launch plan was made with."""
        if workflow != self._workflow:
            raise AssertionError(
                f"Trying to create two launch plans both named '{self.name}' for the workflows '{workflow.name}' "
                f"and '{self._workflow.name}' - please ensure unique names."
            )
        for setting in _COMPARED:
            if settings[setting] != getattr(self, f"_{setting}"):
                shown = "default_inputs" if setting == "saved_inputs" else setting
                raise AssertionError(
                    f"Trying to create two launch plans for workflow '{workflow.name}' both named '{self.name}' "
                    f"but with different values for '{shown}' - please use different launch plan names."
                )

    def clone_with(self, name: str, **changes: Any) -> LaunchPlan:
        """A copy of another name, in which what is given is replaced. It is in no list of launch plans."""
        unknown = changes.keys() - _CLONED
        if unknown:
            raise TypeError(
                f"LaunchPlan.clone_with() got an unexpected keyword argument {next(iter(sorted(unknown)))!r}"
            )
        kept = {setting: getattr(self, f"_{setting}") for setting in _KEPT}
        given = {setting: value for setting, value in changes.items() if value}
        made = LaunchPlan(name, self.workflow, **kept | given)
        if "fixed_inputs" not in given:
            made._raw_fixed_inputs = self._raw_fixed_inputs
        return made

    @property
    def name(self) -> str:
        """The name under which it is registered."""
        return self._name

    @property
    def workflow(self) -> Any:
        """What it starts."""
        return self._workflow

    @property
    def python_interface(self) -> Interface:
        """The inputs and outputs of the workflow."""
        interface: Interface = self.workflow.python_interface
        return interface

    @property
    def interface(self) -> Any:
        """The same as Flyte describes them."""
        return self.workflow.interface

    @property
    def parameters(self) -> Any:
        """The inputs that can be given, as Flyte describes them: a `ParameterMap`."""
        return self._parameters

    @property
    def fixed_inputs(self) -> Any:
        """The inputs that cannot, as literals: a `LiteralMap`."""
        return self._fixed_inputs

    @property
    def raw_fixed_inputs(self) -> dict[str, Any]:
        """The inputs that cannot."""
        return self._raw_fixed_inputs.copy()

    @property
    def saved_inputs(self) -> dict[str, Any]:
        """The inputs that have a value."""
        saved: dict[str, Any] = self._saved_inputs
        return saved.copy()

    @property
    def schedule(self) -> Any:
        """When it is started."""
        return self._schedule

    @property
    def notifications(self) -> list[Any]:
        """What is sent when an execution ends."""
        return self._notifications

    @property
    def labels(self) -> Any:
        """Labels of its executions."""
        return self._labels

    @property
    def annotations(self) -> Any:
        """Annotations of its executions."""
        return self._annotations

    @property
    def raw_output_data_config(self) -> Any:
        """Where its executions put their files."""
        return self._raw_output_data_config

    @property
    def max_parallelism(self) -> int | None:
        """How many nodes may run at once."""
        return self._max_parallelism

    @property
    def security_context(self) -> Any:
        """What its executions run as."""
        return self._security_context

    @property
    def trigger(self) -> Any:
        """What starts it, in place of a schedule."""
        return self._trigger

    @property
    def overwrite_cache(self) -> bool | None:
        """Whether its executions use no earlier outputs."""
        return self._overwrite_cache

    @property
    def concurrency(self) -> Any:
        """How many of its executions may run at once."""
        return self._concurrency

    @property
    def should_auto_activate(self) -> bool:
        """Whether it is active once it is registered."""
        return self._auto_activate

    def construct_node_metadata(self) -> Any:
        """What a node says that stands for it: that of its workflow."""
        return self.workflow.construct_node_metadata()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the workflow here and now, which `WorkflowBase` refuses.

        Raises:
            AssertionError: an argument is given by position.
        """
        if args:
            raise AssertionError("Only Keyword Arguments are supported for launch plan executions")
        return self.workflow(**self.saved_inputs | kwargs)


#: What `get_or_create` compares, in flytekit's order.
_COMPARED = (
    "schedule",
    "notifications",
    "saved_inputs",
    "labels",
    "annotations",
    "raw_output_data_config",
    "max_parallelism",
    "security_context",
    "overwrite_cache",
    "auto_activate",
    "concurrency",
)
#: What `clone_with` takes over.
_KEPT = (
    "schedule",
    "notifications",
    "labels",
    "annotations",
    "raw_output_data_config",
    "max_parallelism",
    "security_context",
    "overwrite_cache",
)
_CLONED = {*_KEPT, "parameters", "fixed_inputs", "trigger", "auto_activate"}


def _inputs(plan: LaunchPlan) -> dict[str, tuple[Any, Any]]:
    return plan.python_interface.inputs_with_defaults


def _parameters(plan: LaunchPlan, fixed: dict[str, Any]) -> Any:
    from wingbeat.authoring.interface import Interface
    from wingbeat.authoring.interface_models import transform_inputs_to_parameters
    from wingbeat.types.context import current_context

    inputs = {name: (hint, plan._saved_inputs.get(name, default)) for name, (hint, default) in _inputs(plan).items()}
    free = {name: pair for name, pair in inputs.items() if name not in fixed}
    return transform_inputs_to_parameters(current_context(), Interface(free))


def _security_context(auth_role: Any) -> Any:
    from wingbeat.idl.security import Identity, SecurityContext

    return SecurityContext(
        run_as=Identity(iam_role=auth_role.assumable_iam_role, k8s_service_account=auth_role.kubernetes_service_account)
    )


def _literals(values: dict[str, Any], workflow: Any) -> Any:
    """Values of a workflow's inputs, as a `LiteralMap`."""
    from wingbeat.idl import LiteralMap
    from wingbeat.types.context import current_context
    from wingbeat.types.engine import TypeEngine

    if not values:
        return LiteralMap({})
    hints = workflow.python_interface.inputs
    return TypeEngine.dict_to_literal_map(current_context(), values, hints)
