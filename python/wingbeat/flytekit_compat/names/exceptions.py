"""flytekit.exceptions: exceptions."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit.exceptions.base": {
        "FlyteException": "wingbeat.exceptions",
        "FlyteRecoverableException": "wingbeat.exceptions:Recoverable",
        "_FlyteCodedExceptionMetaclass": "wingbeat.exceptions:CodedClass",
    },
    "flytekit.exceptions.eager": {
        "EagerException": "wingbeat.rare_exceptions",
    },
    "flytekit.exceptions.system": {
        "FlyteAgentNotFound": "wingbeat.rare_exceptions",
        "FlyteConnectorNotFound": "wingbeat.rare_exceptions",
        "FlyteDownloadDataException": "wingbeat.exceptions",
        "FlyteEntrypointNotLoadable": "wingbeat.rare_exceptions",
        "FlyteNonRecoverableSystemException": "wingbeat.rare_exceptions",
        "FlyteNotImplementedException": "wingbeat.rare_exceptions",
        "FlyteSystemAssertion": "wingbeat.rare_exceptions",
        "FlyteSystemException": "wingbeat.exceptions",
        "FlyteSystemUnavailableException": "wingbeat.rare_exceptions",
        "FlyteUploadDataException": "wingbeat.exceptions",
    },
    "flytekit.exceptions.user": {
        "FlyteAssertion": "wingbeat.exceptions",
        "FlyteAuthenticationException": "wingbeat.rare_exceptions",
        "FlyteCompilationException": "wingbeat.rare_exceptions",
        "FlyteDataNotFoundException": "wingbeat.exceptions",
        "FlyteDisapprovalException": "wingbeat.rare_exceptions",
        "FlyteEntityAlreadyExistsException": "wingbeat.rare_exceptions",
        "FlyteEntityNotExistException": "wingbeat.rare_exceptions",
        "FlyteEntityNotFoundException": "wingbeat.rare_exceptions",
        "FlyteFailureNodeInputMismatchException": "wingbeat.rare_exceptions",
        "FlyteInvalidInputException": "wingbeat.rare_exceptions",
        "FlyteMissingReturnValueException": "wingbeat.rare_exceptions",
        "FlyteMissingTypeException": "wingbeat.rare_exceptions",
        "FlytePromiseAttributeResolveException": "wingbeat.rare_exceptions",
        "FlyteRecoverableException": "wingbeat.exceptions",
        "FlyteTimeout": "wingbeat.rare_exceptions",
        "FlyteTypeException": "wingbeat.rare_exceptions",
        "FlyteUserException": "wingbeat.exceptions",
        "FlyteUserRuntimeException": "wingbeat.exceptions",
        "FlyteValidationException": "wingbeat.exceptions",
        "FlyteValueException": "wingbeat.exceptions",
    },
}
