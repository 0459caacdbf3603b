import json
import os
import pathlib
import typing
from typing import Annotated, Dict, Iterator, List, Optional

import flytekit
from flytekit import FlyteContextManager, FlyteDirectory, FlyteFile, HashMethod, task
from flytekit.types.directory import TensorboardLogs, TFRecordsDirectory
from flytekit.types.file import (
    CSVFile,
    FileExt,
    HDF5EncodedFile,
    HTMLPage,
    JPEGImageFile,
    JSONLFile,
    PDFFile,
    PNGImageFile,
    PythonNotebook,
    PythonPickledFile,
    SVGImageFile,
    TFRecordFile,
)
from flytekit.types.iterator import JSON


def written(name: str, text: str) -> str:
    path = pathlib.Path(flytekit.current_context().working_directory) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


@task
def read(file: FlyteFile) -> str:
    with open(file) as opened:
        return opened.read()


@task
def read_path(file: FlyteFile) -> str:
    return f"{os.path.basename(file.path)} {pathlib.Path(file).read_text()} {file.extension()}"


@task
def download(file: FlyteFile) -> str:
    path = file.download()
    return f"{os.path.exists(path)} {os.path.basename(path)} {file.remote_source is not None}"


@task
def not_read(file: FlyteFile) -> FlyteFile:
    return file


@task
def stream(file: FlyteFile) -> str:
    with file.open("r") as opened:
        return opened.readline()


@task
def write(text: str) -> FlyteFile:
    return FlyteFile(written("written.txt", text))


@task
def write_path_only(text: str) -> FlyteFile:
    return written("path.txt", text)


@task
def write_pathlib(text: str) -> FlyteFile:
    return pathlib.Path(written("pathlib.txt", text))


@task
def write_csv(text: str) -> CSVFile:
    return CSVFile(path=written("table.csv", text))


@task
def write_custom(text: str) -> FlyteFile["special"]:
    return FlyteFile["special"](written("x.special", text))


@task
def write_annotated(text: str) -> Annotated[FlyteFile, FileExt("log")]:
    return FlyteFile(written("x.log", text))


@task
def write_hashed(text: str) -> Annotated[FlyteFile, HashMethod(lambda file: f"hash {os.path.basename(str(file.path))}")]:
    return FlyteFile(written("hashed.txt", text))


@task
def write_to(text: str) -> FlyteFile:
    return FlyteFile(written("moved.txt", text), remote_path=os.path.abspath("elsewhere/moved.txt"))


@task
def write_where_it_is(text: str) -> FlyteFile:
    return FlyteFile(written("stays.txt", text), remote_path=False)


@task
def write_new(text: str) -> FlyteFile:
    file = FlyteFile.new("new.txt")
    with open(file, "w") as opened:
        opened.write(text)
    return file


@task
def write_remote(text: str) -> FlyteFile:
    file = FlyteFile.new_remote_file("remote.txt")
    with file.open("w") as opened:
        opened.write(text)
    return file


@task
def write_missing(text: str) -> FlyteFile:
    return FlyteFile("/no/such/file.txt")


@task
def read_missing(file: FlyteFile) -> str:
    with open(file) as opened:
        return opened.read()


@task
def every_alias(text: str) -> List[str]:
    kinds = (HDF5EncodedFile, HTMLPage, JPEGImageFile, JSONLFile, PDFFile, PNGImageFile, PythonNotebook)
    more = (PythonPickledFile, SVGImageFile, TFRecordFile, CSVFile)
    return [kind.extension() for kind in kinds + more]


@task
def page(title: str) -> HTMLPage:
    return HTMLPage(written("page.html", f"<title>{title}</title>"))


@task
def lines(numbers: List[int]) -> JSONLFile:
    return JSONLFile(written("lines.jsonl", "\n".join(json.dumps({"n": n}) for n in numbers)))


@task
def maybe_file(file: Optional[FlyteFile] = None) -> Optional[FlyteFile]:
    return FlyteFile(written("maybe.txt", "made")) if file is None else None


@task
def several(texts: List[str]) -> List[FlyteFile]:
    return [FlyteFile(written(f"{index}.txt", text)) for index, text in enumerate(texts)]


@task
def joined(files: List[FlyteFile], named: Dict[str, FlyteFile]) -> str:
    return ", ".join(pathlib.Path(file).read_text() for file in [*files, *named.values()])


@task
def os_path(path: os.PathLike) -> str:
    return pathlib.Path(path).read_text()


@task
def text_io(file: typing.TextIO) -> str:
    return file.read()


@task
def binary_io(file: typing.BinaryIO) -> str:
    return repr(file.read())


@task
def folder(texts: Dict[str, str]) -> FlyteDirectory:
    for name, text in texts.items():
        written(f"folder/{name}", text)
    return FlyteDirectory(os.path.join(flytekit.current_context().working_directory, "folder"))


@task
def folder_of_logs(text: str) -> TensorboardLogs:
    path = written("logs/events", text)
    return TensorboardLogs(os.path.dirname(path))


@task
def folder_of_records(text: str) -> TFRecordsDirectory:
    return TFRecordsDirectory(os.path.dirname(written("records/a.tfrecord", text)))


@task
def contents(directory: FlyteDirectory) -> List[str]:
    found = []
    for base, _, names in os.walk(directory):
        found += [os.path.relpath(os.path.join(base, name), str(directory)) for name in names]
    return sorted(found)


@task
def listed(directory: FlyteDirectory) -> List[str]:
    return sorted(os.path.basename(str(item.path)) for item in FlyteDirectory.listdir(directory))


@task
def crawled(directory: FlyteDirectory) -> List[str]:
    return sorted(str(part) for _, part in directory.crawl())


@task
def new_folder(text: str) -> FlyteDirectory:
    directory = FlyteDirectory.new_remote()
    file = directory.new_file("a.txt")
    with file.open("w") as opened:
        opened.write(text)
    inner = directory.new_dir("inner")
    with inner.new_file("b.txt").open("w") as opened:
        opened.write(text * 2)
    return directory


@task
def json_lines(n: int) -> Iterator[JSON]:
    for index in range(n):
        yield {"index": index, "text": "x" * index}


@task
def read_json_lines(items: Iterator[JSON]) -> str:
    return repr(list(items))


@task
def numbers(n: int) -> Iterator[int]:
    yield from range(n)


@task
def by_hand(text: str) -> str:
    access = FlyteContextManager.current_context().file_access
    target = access.join(access.raw_output_prefix, "by", "hand.txt")
    access.put_data(written("hand.txt", text), target)
    local = access.get_random_local_path()
    access.get_data(target, local)
    return pathlib.Path(local).read_text() + str(access.exists(target)) + str(access.is_remote(target))
