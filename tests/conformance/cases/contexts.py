from tests.conformance.case import Case, of

SIMPLE = (
    "identifiers state logs no_checkpoint metrics pushes attribute no_attribute threads decks some_decks no_fields "
    "deprecated_decks failing_with_deck published not_enabled"
)

CASES = of(
    "contexts",
    {
        **dict.fromkeys(SIMPLE.split(), "a=1"),
        "secret": Case("group='group', key='key'", env={"_FSEC_GROUP_KEY": "secret value"}),
        "secret (missing)": Case("group='group', key='other'"),
        "secret (a file)": Case(
            "group='group', key='key'",
            env={"FLYTE_SECRETS_DEFAULT_DIR": "secrets"},
            files={"secrets/group/key": b"in a file"},
        ),
        "secret_attribute": Case("a=1", env={"_FSEC_GROUP_KEY": "secret value"}),
        "secret_file": "group='group', key='key'",
        "save": Case("a=1", options=("--checkpoint-path", "kept")),
        "save (again)": Case(
            "a=2", options=("--checkpoint-path", "kept", "--prev-checkpoint", "before"), files={"before/_dst_cp": b"1"}
        ),
        "environment": Case("name='MINE'", env={"MINE": "set"}),
        "environment (missing)": "name='NOT_THERE'",
        "with_metadata": "a=1",
    },
)
