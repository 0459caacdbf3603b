"""Pickles: what is refused, and how; what may be written and read is compared with flytekit in `test_values.py`."""

from __future__ import annotations

import logging
import pickle
import platform
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Dict, List, Optional, Union

import pytest

from tests.types.files import Files, context
from wingbeat import Codec, InterfaceCodec, TypeTransformerFailedError, kwtypes
from wingbeat.idl import Blob, BlobMetadata, BlobType, Literal, LiteralMap, Scalar
from wingbeat.types import context as contexts
from wingbeat.types import pickle_policy
from wingbeat.types.pickle_origin import origin_of
from wingbeat.types.transformers import pickle as transformers

ALLOW = Annotated[dict, kwtypes(allow_pickle=True)]


class Thing:
    def __init__(self, a: Any) -> None:
        self.a = a

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing) and self.a == other.a

    def __hash__(self) -> int:
        return hash(self.a)


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[Files]:
    files = Files(tmp_path)
    contexts.provide(lambda: context(files))
    yield files
    contexts.provide(None)


def blob(uri: str) -> bytes:
    metadata = BlobMetadata(type=BlobType("PythonPickle", 0))
    return Literal(scalar=Scalar(blob=Blob(metadata=metadata, uri=uri))).serialize_to_string()


def test_the_file_is_called_by_its_content(files: Files) -> None:
    literal = Literal.from_bytes(Codec(Thing).encode(Thing(1)))
    assert literal.scalar is not None
    uri = literal.scalar.blob.uri
    import hashlib

    assert Path(uri).name == hashlib.md5(Path(uri).read_bytes()).hexdigest()
    assert Path(uri).is_relative_to(files.root / "raw")
    assert literal.scalar.blob.metadata.type.format == "PythonPickle"


def test_a_remote_file_is_downloaded_first(files: Files) -> None:
    path = files.root / "stored"
    path.write_bytes(pickle.dumps({"a": 1}))
    assert Codec(object).decode(blob(f"far://{path}")) == {"a": 1}
    assert files.downloads == [f"far://{path}"]


def test_a_local_file_may_be_named_by_a_url(files: Files) -> None:
    path = files.root / "stored"
    path.write_bytes(pickle.dumps(1))
    assert Codec(object).decode(blob(f"file://{path}")) == 1


@pytest.mark.parametrize("hint", [Any, object, Thing])
def test_none_is_refused(hint: Any) -> None:
    with pytest.raises(TypeTransformerFailedError, match=r"None.*declare Optional"):
        Codec(hint).encode(None)


def test_what_cannot_be_pickled_is_named() -> None:
    codec = InterfaceCodec({"o0": Dict[str, Any]})
    with pytest.raises(
        TypeTransformerFailedError, match=r'^outputs\.o0\["a"\].*cannot be pickled: TypeError: .*lock'
    ) as raised:
        codec.encode({"o0": {"a": threading.Lock()}})
    assert raised.value.path == 'outputs.o0["a"]'


def test_another_literal_is_refused() -> None:
    with pytest.raises(TypeTransformerFailedError, match="expected blob, got integer"):
        Codec(Thing).decode(Codec(int).encode(1))
    with pytest.raises(TypeTransformerFailedError, match=r"expected blob, got none; declare Optional"):
        Codec(Thing).decode(Codec(None).encode(None))


def stored(files: Files, data: bytes) -> bytes:
    path = files.root / "stored"
    path.write_bytes(data)
    return blob(str(path))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"cno_such_module\nThing\n.", "it needs the module 'no_such_module', which is not here"),
        (b"cpickle\nNoSuchThing\n.", "it needs a name that is not there: "),
        (b"\x80\xff.", "ValueError: unsupported pickle protocol: 255"),
        (b"", "EOFError: "),
        (b"not a pickle", "UnpicklingError: "),
    ],
)
def test_what_cannot_be_unpickled(data: bytes, message: str, files: Files) -> None:
    with pytest.raises(TypeTransformerFailedError) as raised:
        Codec(Thing).decode(stored(files, data))
    assert message in str(raised.value)
    version = platform.python_version()
    assert re.search(rf"the pickle cannot be read by this Python \({re.escape(version)}[,)]", str(raised.value))


class Picky:
    def __reduce__(self) -> Any:
        return _refuse, (1,)


def _refuse(_: int) -> None:
    raise RuntimeError("not today")


def test_an_unreadable_pickle_tells_who_reads_it_and_who_wrote_it(files: Files) -> None:
    import cloudpickle

    with pytest.raises(TypeTransformerFailedError) as raised:
        Codec(Thing).decode(stored(files, cloudpickle.dumps([lambda: 1, Picky()])))
    text = str(raised.value)
    assert (
        f"Python ({platform.python_version()}, cloudpickle {cloudpickle.__version__}): RuntimeError: not today" in text
    )
    here = "3.11 or newer" if sys.version_info >= (3, 11) else "3.10 or older"
    assert f"protocol 5, which Python 3.8 and later write, made by cloudpickle, with functions of Python {here}" in text


class Code:
    """Pickled as cloudpickle pickles a code object of so many parts."""

    def __init__(self, parts: int) -> None:
        self.parts = parts

    def __reduce__(self) -> Any:
        return BuiltinType(), tuple(range(self.parts))


class BuiltinType:
    def __reduce__(self) -> Any:
        from cloudpickle import cloudpickle

        return cloudpickle._builtin_type, ("CodeType",)

    def __call__(self, *parts: Any) -> None:
        raise AssertionError("only named in the pickle")


@pytest.mark.parametrize(("parts", "versions"), [(16, "3.10 or older"), (18, "3.11 or newer")])
def test_functions_of_another_python_are_told(parts: int, versions: str) -> None:
    data = pickle.dumps({"a": [Code(parts)]}, protocol=5)
    assert origin_of(data).endswith(f"made by cloudpickle, with functions of Python {versions}")


def test_looking_for_the_origin_runs_nothing() -> None:
    data = pickle.dumps(Picky(), protocol=4)
    assert origin_of(data) == "it is of protocol 4, which Python 3.4 and later write"
    assert origin_of(b"") == origin_of(b"not a pickle") == origin_of(b"\x80\xff.") == ""


def test_without_cloudpickle_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    message = "the package 'cloudpickle' is needed to pickle a value of type Thing, and is not installed"
    with pytest.raises(TypeTransformerFailedError, match=message):
        Codec(Thing).encode(Thing(1))


def test_reading_needs_no_cloudpickle(monkeypatch: pytest.MonkeyPatch, files: Files) -> None:
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    assert Codec(object).decode(stored(files, pickle.dumps([1]))) == [1]


# --- policy ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def denied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINGBEAT_PICKLE", "deny")


@pytest.mark.usefixtures("denied")
def test_denied_writing_names_place_and_type() -> None:
    message = r"^outputs\.o0: .*a value of type Thing would be written as a pickle, which WINGBEAT_PICKLE=deny forbids"
    with pytest.raises(TypeTransformerFailedError, match=message):
        InterfaceCodec({"o0": Thing}).encode({"o0": Thing(1)})
    with pytest.raises(TypeTransformerFailedError, match=message.replace("o0: ", r"o0.*\[0\]: ")):
        InterfaceCodec({"o0": List[Thing]}).encode({"o0": [Thing(1)]})


def test_denied_reading_names_place_and_type(monkeypatch: pytest.MonkeyPatch, files: Files) -> None:
    codec = InterfaceCodec({"a": Thing, "b": int})
    data = codec.encode({"a": Thing(1), "b": 1})
    monkeypatch.setenv("WINGBEAT_PICKLE", "deny")
    with pytest.raises(TypeTransformerFailedError, match=r"^inputs\.a: .*Thing would be read as a pickle"):
        codec.decode(data)
    assert not files.downloads


def test_dicts_are_denied_only_where_they_would_be_pickled(monkeypatch: pytest.MonkeyPatch) -> None:
    pickled = Codec(ALLOW).encode({"a": Thing(1)})
    monkeypatch.setenv("WINGBEAT_PICKLE", "deny")
    codec = Codec(ALLOW)
    assert codec.decode(codec.encode({"a": 1})) == {"a": 1}
    with pytest.raises(TypeTransformerFailedError, match="dict would be written as a pickle"):
        codec.encode({"a": Thing(1)})
    with pytest.raises(TypeTransformerFailedError, match="dict would be read as a pickle"):
        codec.decode(pickled)


@pytest.mark.usefixtures("denied")
def test_what_needs_no_pickle_is_not_denied() -> None:
    codec: Codec[Any] = Codec(Union[int, Thing, None])
    assert codec.decode(codec.encode(1)) == 1
    assert codec.decode(codec.encode(None)) is None
    with pytest.raises(TypeTransformerFailedError):
        codec.encode(Thing(1))


def test_another_setting_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINGBEAT_PICKLE", "perhaps")
    with pytest.raises(TypeTransformerFailedError, match="WINGBEAT_PICKLE is 'perhaps'; it may be 'allow' or 'deny'"):
        Codec(Thing).encode(Thing(1))


@pytest.mark.parametrize("setting", ["", "allow", "ALLOW"])
def test_allowed(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINGBEAT_PICKLE", setting)
    assert Codec(Thing).decode(Codec(Thing).encode(Thing(1))) == Thing(1)


# --- the rest -------------------------------------------------------------------------------------------------------


def test_a_type_is_warned_of_once(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickle_policy, "_told", set())
    one, other = type("One", (Thing,), {}), type("Other", (Thing,), {})
    with caplog.at_level(logging.WARNING, "wingbeat"):
        for hint, value in ((one, one(1)), (List[one], []), (Optional[one], None), (other, other(1))):
            Codec(hint).encode(value)
            transformers.fallback(one)
    assert [record.getMessage().split(" found")[0] for record in caplog.records] == [
        f"Unsupported Type {one}",
        f"Unsupported Type {other}",
    ]


def test_a_union_prefers_what_is_no_pickle() -> None:
    codec: Codec[Any] = Codec(Union[Any, int])
    literal = Literal.from_bytes(codec.encode(3))
    assert literal.scalar is not None
    assert literal.scalar.union.stored_type.structure.tag == "int"
    literal = Literal.from_bytes(codec.encode("x"))
    assert literal.scalar is not None
    assert literal.scalar.union.stored_type.structure.tag == "FlytePickle"


def test_the_failing_element_is_named() -> None:
    codec = InterfaceCodec({"a": List[Thing]})
    data = codec.encode({"a": [Thing(1), Thing(2), Thing(3)]})
    literals = LiteralMap.from_bytes(data).literals["a"].collection.literals
    Path(literals[1].scalar.blob.uri).write_bytes(b"")
    with pytest.raises(TypeTransformerFailedError, match=r"\[1\]"):
        codec.decode(data)


@pytest.mark.parametrize(
    ("value", "message"), [((1,), "got tuple"), ({1}, "got set"), (None, "got None; declare Optional")]
)
def test_a_list_is_a_list(value: Any, message: str) -> None:
    with pytest.raises(TypeTransformerFailedError, match=message):
        Codec(List[Thing]).encode(value)
    with pytest.raises(TypeTransformerFailedError, match="expected collection, got"):
        Codec(List[Thing]).decode(Codec(int).encode(1))
