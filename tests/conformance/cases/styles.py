from tests.conformance.case import of

CASES = of("styles", {"by_module": "a=1", "by_alias": "a=1", "one_and_the_same": "a=1"})
