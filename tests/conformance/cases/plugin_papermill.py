from tests.conformance.case import Case, of

CASES = of("plugin_papermill", {"notebook": Case("n=3", uncovered="flytekitplugins")})
