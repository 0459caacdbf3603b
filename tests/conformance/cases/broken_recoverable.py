from tests.conformance.case import Case, of
from tests.literals import integer

CASES = of("broken_recoverable", {"never": Case(literals={"a": integer(1)})})
