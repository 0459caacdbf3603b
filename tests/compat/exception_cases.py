"""Every exception of flytekit's, raised with and without arguments: what its class is, what it says."""
# mypy: ignore-errors


class Named:
    """Stands for a task or a workflow."""

    class python_interface:
        inputs = {"a": int}

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


def function():
    """Stands for a user's function."""


#: Module of flytekit -> class -> arguments, once for each case.
CASES = {
    "flytekit.exceptions.base": {"FlyteException": [(), ("a", "b")], "FlyteRecoverableException": [("a",)]},
    "flytekit.exceptions.eager": {"EagerException": [(), ("a",)]},
    "flytekit.exceptions.user": {
        "FlyteAssertion": [("a",)],
        "FlyteAuthenticationException": [("a",)],
        "FlyteCompilationException": [(function,), (function, "x")],
        "FlyteDataNotFoundException": [("/a",)],
        "FlyteDisapprovalException": [("a",)],
        "FlyteEntityAlreadyExistsException": [("a",)],
        "FlyteEntityNotExistException": [("a",)],
        "FlyteEntityNotFoundException": [("m", "e")],
        "FlyteFailureNodeInputMismatchException": [(Named("n"), Named("w"))],
        "FlyteInvalidInputException": [("r",)],
        "FlyteMissingReturnValueException": [(function,)],
        "FlyteMissingTypeException": [(function, "x")],
        "FlytePromiseAttributeResolveException": [("a",)],
        "FlyteRecoverableException": [(), ("a",)],
        "FlyteTimeout": [("a",)],
        "FlyteTypeException": [(int, str), (int, [str, float]), (int, str, "more"), (int, str, None, 5)],
        "FlyteUserException": [("a",)],
        "FlyteUserRuntimeException": [(ValueError("v"),)],
        "FlyteValidationException": [("a",)],
        "FlyteValueException": [(5, "too much")],
    },
    "flytekit.exceptions.system": {
        "FlyteAgentNotFound": [("a",)],
        "FlyteConnectorNotFound": [("a",)],
        "FlyteDownloadDataException": [("a",)],
        "FlyteEntrypointNotLoadable": [("m",), ("m", "t"), ("m", "t", "why"), ("m", None, "why")],
        "FlyteNonRecoverableSystemException": [(ValueError("v"),)],
        "FlyteNotImplementedException": [("a",)],
        "FlyteSystemAssertion": [("a",)],
        "FlyteSystemException": [("a",)],
        "FlyteSystemUnavailableException": [()],
        "FlyteUploadDataException": [("a",)],
    },
}


def plain(text):
    """Text without addresses."""
    return text.partition(" at 0x")[0]


def told(cls, arguments):
    """What one says of itself."""
    error = cls(*arguments)
    try:
        text = str(error)
    except TypeError as wrong:  # arguments that are no text
        text = type(wrong).__name__
    return {
        "text": plain(text),
        "arguments": [plain(str(one)) for one in error.args],
        "value": str(getattr(error, "value", None)),
        "code": str(getattr(error, "error_code", None)),
        "timestamp": getattr(error, "_timestamp", None),
    }


def report(find):
    """All cases; `find` has the object of a module and a name."""
    answers = {}
    for module, classes in CASES.items():
        for name, calls in classes.items():
            cls = find(module, name)
            answers[f"{module}.{name}"] = {
                "code": str(getattr(cls, "error_code", None)).partition(" at 0x")[0],
                "bases": [base.__qualname__ for base in cls.__mro__],
                "calls": [told(cls, arguments) for arguments in calls],
            }
    return answers
