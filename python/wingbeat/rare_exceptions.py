"""The exceptions of flytekit's that neither wingbeat nor most user code raises: names, codes and texts are flytekit's.

`flytekit.exceptions.user`, `.system` and `.eager`.
"""

from __future__ import annotations

from wingbeat.exceptions import (
    FlyteAssertion,
    FlyteException,
    FlyteSystemException,
    FlyteUserException,
    FlyteValueException,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = [
    "EagerException",
    "FlyteAgentNotFound",
    "FlyteAuthenticationException",
    "FlyteCompilationException",
    "FlyteConnectorNotFound",
    "FlyteDisapprovalException",
    "FlyteEntityAlreadyExistsException",
    "FlyteEntityNotExistException",
    "FlyteEntityNotFoundException",
    "FlyteEntrypointNotLoadable",
    "FlyteFailureNodeInputMismatchException",
    "FlyteInvalidInputException",
    "FlyteMissingReturnValueException",
    "FlyteMissingTypeException",
    "FlyteNonRecoverableSystemException",
    "FlyteNotImplementedException",
    "FlytePromiseAttributeResolveException",
    "FlyteSystemAssertion",
    "FlyteSystemUnavailableException",
    "FlyteTimeout",
    "FlyteTypeException",
]


class FlyteTypeException(FlyteUserException, TypeError):  # noqa: N818
    """A value of another type than the one expected, or than all of those."""

    _ERROR_CODE = "USER:TypeError"

    def __init__(
        self,
        received_type: object,
        expected_type: object,
        additional_msg: str | None = None,
        received_value: Any = None,
    ) -> None:
        value = "" if received_value is None else f" with value: {received_value}"
        one_of = " one of" if isinstance(expected_type, (list, tuple, set)) else ""
        super().__init__(
            f"Type error!  Received: {received_type}{value}, Expected{one_of}: {expected_type}. {additional_msg or ''}"
        )


class FlyteEntityNotFoundException(FlyteValueException):
    """A module has no task or workflow of that name."""

    def __init__(self, module_name: str, entity_name: str) -> None:
        # As flytekit's, its arguments are what it was given: the text is made of them.
        FlyteException.__init__(self, module_name, entity_name)
        self._module_name = module_name
        self._entity_name = entity_name

    def __str__(self) -> str:
        return f"Task/Workflow '{self._entity_name}' not found in module '{self._module_name}'"


class FlyteFailureNodeInputMismatchException(FlyteAssertion):
    """What runs when a workflow fails takes other inputs than the workflow."""

    _ERROR_CODE = "USER:FailureNodeInputMismatch"

    def __init__(self, failure_node_node: Any, workflow: Any) -> None:
        super().__init__(failure_node_node, workflow)
        self.failure_node_node = failure_node_node
        self.workflow = workflow

    def __str__(self) -> str:
        node, workflow = self.failure_node_node, self.workflow
        return (
            "Mismatched Inputs Detected\n"
            f"The failure node `{node.name}` has inputs that do not align with those expected by the workflow "
            f"`{workflow.name}`.\n"
            f"Failure Node's Inputs: {node.python_interface.inputs}\n"
            f"Workflow's Inputs: {workflow.python_interface.inputs}\n"
            "Action Required:\n"
            "Please ensure that all input arguments in the failure node are provided and match the expected arguments "
            "specified in the workflow."
        )


class FlyteDisapprovalException(FlyteAssertion):
    """Somebody who was asked has said no."""

    _ERROR_CODE = "USER:ResultNotApproved"


class FlyteEntityAlreadyExistsException(FlyteAssertion):
    """There is one of that name and version."""

    _ERROR_CODE = "USER:EntityAlreadyExists"


class FlyteEntityNotExistException(FlyteAssertion):
    """There is none of that name and version."""

    _ERROR_CODE = "USER:EntityNotExist"


class FlyteTimeout(FlyteAssertion):
    """It takes too long."""

    _ERROR_CODE = "USER:Timeout"


class FlyteAuthenticationException(FlyteAssertion):
    """The service does not accept who is asking."""

    _ERROR_CODE = "USER:AuthenticationError"


class FlyteInvalidInputException(FlyteUserException):
    """The service does not accept what it is asked: `request`."""

    _ERROR_CODE = "USER:BadInputToAPI"

    def __init__(self, request: Any) -> None:
        super().__init__()
        self.request = request


class FlytePromiseAttributeResolveException(FlyteAssertion):
    """A value has no such part."""

    _ERROR_CODE = "USER:PromiseAttributeResolveError"


class FlyteCompilationException(FlyteUserException):
    """A function cannot become a task or workflow."""

    _ERROR_CODE = "USER:CompileError"

    def __init__(self, fn: Callable[..., Any], param_name: str | None = None) -> None:
        super().__init__(fn, *(() if param_name is None else (param_name,)))
        self.fn = fn
        self.param_name = param_name


class FlyteMissingTypeException(FlyteCompilationException):
    """A parameter has no annotation."""

    _ERROR_CODE = "USER:MissingTypeError"

    def __str__(self) -> str:
        return f"'{self.param_name}' has no type. Please add a type annotation to the input parameter."


class FlyteMissingReturnValueException(FlyteCompilationException):
    """A function that is annotated to return something returns nothing."""

    _ERROR_CODE = "USER:MissingReturnValueError"

    def __str__(self) -> str:
        name = self.fn.__name__
        return f"{name} function must return a value. Please add a return statement at the end of the function."


class FlyteSystemUnavailableException(FlyteSystemException):
    """The service does not answer."""

    _ERROR_CODE = "SYSTEM:Unavailable"

    def __str__(self) -> str:
        return "Flyte cluster is currently unavailable. Please make sure the cluster is up and running."


class FlyteNotImplementedException(FlyteSystemException, NotImplementedError):  # noqa: N818
    """Nobody has written it."""

    _ERROR_CODE = "SYSTEM:NotImplemented"


class FlyteEntrypointNotLoadable(FlyteSystemException):
    """A module, or a task in it, cannot be loaded."""

    _ERROR_CODE = "SYSTEM:UnloadableCode"

    def __init__(self, task_module: str, task_name: str | None = None, additional_msg: str | None = None) -> None:
        why = "." if additional_msg is None else f" due to error: {additional_msg}"
        what = f"load the module: '{task_module}'"
        if task_name is not None:
            what = f"find the task: '{task_name}' in '{task_module}'"
        super().__init__(f"Entrypoint is not loadable!  Could not {what}{why}")


class FlyteSystemAssertion(FlyteSystemException, AssertionError):  # noqa: N818
    """The platform is not as it has to be."""

    _ERROR_CODE = "SYSTEM:AssertionError"


class FlyteAgentNotFound(FlyteSystemException, AssertionError):  # noqa: N818
    """Nobody executes tasks of that type."""

    _ERROR_CODE = "SYSTEM:AgentNotFound"


class FlyteConnectorNotFound(FlyteSystemException, AssertionError):  # noqa: N818
    """Nobody executes tasks of that type."""

    _ERROR_CODE = "SYSTEM:ConnectorNotFound"


class FlyteNonRecoverableSystemException(FlyteException):
    """Carries an exception of the platform, `value`, that trying again does not mend."""

    _ERROR_CODE = "USER:NonRecoverableSystemError"

    def __init__(self, exc_value: Exception) -> None:
        super().__init__(str(exc_value))
        self._exc_value = exc_value

    @property
    def value(self) -> Exception:
        """That exception."""
        return self._exc_value


class EagerException(Exception):  # noqa: N818
    """What an eager workflow has awaited has failed."""
