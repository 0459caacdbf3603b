from tests.conformance.case import Case, of

ONE = (
    "value_error no_text several_lines chained while_handling group with_note assertion recoverable "
    "recoverable_subclass recoverable_base recoverable_cause recoverable_from_another coded numbered with_arguments "
    "type_exception value_exception user_runtime ignored exits_with_text interrupted no_exception generator_exit "
    "out_of_memory stop_iteration asynchronous imports_what_is_missing wrong_type wrong_element wrong_value_in_dict "
    "none_of_int wrong_of_union tuple_for_one too_few too_many none_of_two second_is_wrong list_for_two "
    "returns_although_none maybe_wrong unpicklable surrogate prints_and_fails too_big recursion"
)
FLYTEKITS = (
    "FlyteException FlyteUserException FlyteSystemException FlyteAssertion FlyteValidationException "
    "FlyteEntityNotExistException FlyteTimeout FlyteAgentNotFound"
)
STRICT = {"FLYTE_FAIL_ON_ERROR": "true"}

CASES = of(
    "failures",
    {
        **dict.fromkeys(ONE.split(), "a=1"),
        **{f"any_of_flytekits ({name})": f"which='{name}'" for name in FLYTEKITS.split()},
        "in_a_helper": "a=0",
        "exits (0)": "status=0",
        "exits (3)": "status=3",
        "value_error (the status says so)": Case("a=1", env=STRICT),
        "recoverable (the status says so)": Case("a=1", env=STRICT),
        "ignored (the status says nothing)": Case("a=1", env=STRICT),
        "value_error (of a worker)": Case("a=1", env={"_F_DES": "Earliest", "_F_WN": "worker-1"}),
        "value_error (no such module)": Case(
            "a=1", loader=("task-module", "no_such_module", "task-name", "value_error")
        ),
        "value_error (too few words)": Case("a=1", loader=("task-module", "failures")),
        "value_error (no such resolver)": Case("a=1", resolver="failures.no_such_resolver"),
    },
)
