"""flytekit.exceptions: exceptions."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit.exceptions.base": {
        "FlyteException": "wingbeat.exceptions",
        "FlyteRecoverableException": "wingbeat.exceptions:Recoverable",
        "_FlyteCodedExceptionMetaclass": "wingbeat.exceptions:CodedClass",
    },
    "flytekit.exceptions.eager": {
        "EagerException": "wingbeat.more_exceptions",
    },
    "flytekit.exceptions.system": {
        "FlyteAgentNotFound": "wingbeat.more_exceptions",
        "FlyteConnectorNotFound": "wingbeat.more_exceptions",
        "FlyteDownloadDataException": "wingbeat.exceptions",
        "FlyteEntrypointNotLoadable": "wingbeat.more_exceptions",
        "FlyteNonRecoverableSystemException": "wingbeat.more_exceptions",
        "FlyteNotImplementedException": "wingbeat.more_exceptions",
        "FlyteSystemAssertion": "wingbeat.more_exceptions",
        "FlyteSystemException": "wingbeat.exceptions",
        "FlyteSystemUnavailableException": "wingbeat.more_exceptions",
        "FlyteUploadDataException": "wingbeat.exceptions",
    },
    "flytekit.exceptions.user": {
        "FlyteAssertion": "wingbeat.exceptions",
        "FlyteAuthenticationException": "wingbeat.more_exceptions",
        "FlyteCompilationException": "wingbeat.more_exceptions",
        "FlyteDataNotFoundException": "wingbeat.exceptions",
        "FlyteDisapprovalException": "wingbeat.more_exceptions",
        "FlyteEntityAlreadyExistsException": "wingbeat.more_exceptions",
        "FlyteEntityNotExistException": "wingbeat.more_exceptions",
        "FlyteEntityNotFoundException": "wingbeat.more_exceptions",
        "FlyteFailureNodeInputMismatchException": "wingbeat.more_exceptions",
        "FlyteInvalidInputException": "wingbeat.more_exceptions",
        "FlyteMissingReturnValueException": "wingbeat.more_exceptions",
        "FlyteMissingTypeException": "wingbeat.more_exceptions",
        "FlytePromiseAttributeResolveException": "wingbeat.more_exceptions",
        "FlyteRecoverableException": "wingbeat.exceptions",
        "FlyteTimeout": "wingbeat.more_exceptions",
        "FlyteTypeException": "wingbeat.more_exceptions",
        "FlyteUserException": "wingbeat.exceptions",
        "FlyteUserRuntimeException": "wingbeat.exceptions",
        "FlyteValidationException": "wingbeat.exceptions",
        "FlyteValueException": "wingbeat.exceptions",
    },
}
