from tests.conformance.case import of

CASES = of("recursive", {"grow": "tree=Tree('a', Tree('b'))"})
