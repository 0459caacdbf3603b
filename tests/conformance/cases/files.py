from tests.conformance.case import Case, of
from tests.literals import blob, string

GIVEN = {"given.txt": b"given text\nsecond line\n"}
TEXT = dict.fromkeys(
    [
        "write",
        "write_path_only",
        "write_pathlib",
        "write_csv",
        "write_custom",
        "write_annotated",
        "write_hashed",
        "write_to",
        "write_new",
        "write_remote",
        "write_missing",
        "every_alias",
        "folder_of_logs",
        "folder_of_records",
        "new_folder",
        "by_hand",
    ],
    "text='some text'",
)
ONE = {
    name: Case("file=FlyteFile('given.txt')", files=GIVEN)
    for name in ("read", "read_path", "download", "not_read", "stream")
}

CASES = of(
    "files",
    {
        **TEXT,
        **ONE,
        "read (where it is)": Case(literals={"file": blob("{folder}/given.txt")}, files=GIVEN),
        "read (a text is no file)": Case(literals={"file": string("given.txt")}, files=GIVEN),
        "read (what was written)": Case(after="write", takes={"file": "o0"}),
        "read_missing": Case(literals={"file": blob("{folder}/nothing.txt")}),
        "page": "title='t'",
        "lines": "numbers=[1, 2]",
        "maybe_file": Case(),
        "maybe_file (given)": Case("file=FlyteFile('given.txt')", files=GIVEN),
        "several": "texts=['a', 'b']",
        "joined": Case("files=[FlyteFile('given.txt')], named={'x': FlyteFile('given.txt')}", files=GIVEN),
        "joined (what was written)": Case("named={}", after="several", takes={"files": "o0"}),
        "os_path": Case("path=FlyteFile('given.txt')", files=GIVEN),
        "text_io": Case(literals={"file": blob("{folder}/given.txt")}, files=GIVEN),
        "binary_io": Case(literals={"file": blob("{folder}/given.txt")}, files=GIVEN),
        "folder": "texts={'a.txt': 'a', 'inner/b.txt': 'b'}",
        "contents": Case(after="folder", takes={"directory": "o0"}),
        "listed": Case(after="folder", takes={"directory": "o0"}),
        "crawled": Case(after="folder", takes={"directory": "o0"}),
        "json_lines": "n=3",
        "read_json_lines": Case(after="json_lines", takes={"items": "o0"}),
        "numbers": "n=3",
    },
)
