"""Code bundles: what becomes of an archive in a folder, and what is refused (runtime contract 11)."""

from __future__ import annotations

import gzip
import multiprocessing
import os
import random
import subprocess
import tarfile
import threading
from pathlib import Path

import pytest

from tests.runtime.archives import TIME, listing, member, tar
from wingbeat.runtime.bundle import limits
from wingbeat.runtime.bundle.errors import BundleError
from wingbeat.runtime.bundle.fetch import fetch
from wingbeat.runtime.bundle.unpack import unpack
from wingbeat.storage import StorageError

FORMS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
LONG = "/".join(["folder" * 5] * 4) + "/" + "name" * 20
TREE = [
    member("pkg", tarfile.DIRTYPE, mode=0o750),
    (member("pkg/__init__.py"), b"x = 1\n"),
    (member("pkg/run", mode=0o755), b"#!/bin/sh\n"),
    (member("pkg/quiet", mode=0o400, mtime=TIME - 10), b""),
    (member("./pkg//dots.py"), b"dots"),
    (member(LONG), b"long"),
    (member("grüße.py"), "größe".encode()),
    (member("implied/deep/x.py"), b"y" * 511),
    (member("exact"), b"z" * 1024),
    (member("large"), bytes(range(256)) * 12_000),
    member("early", tarfile.SYMTYPE, linkname="pkg/__init__.py"),
    member("pkg/up", tarfile.SYMTYPE, linkname="../exact"),
    member("twin", tarfile.LNKTYPE, linkname="pkg/run"),
    (member("twice"), b"first"),
    (member("twice"), b"second"),
    member("empty", tarfile.DIRTYPE),
]


def unpacked(archive: bytes, folder: Path, name: str = "fast.tar.gz") -> dict[str, tuple[object, ...]]:
    """What is in the folder after the archive."""
    path = folder.parent / name
    path.write_bytes(archive)
    folder.mkdir(exist_ok=True)
    unpack(str(path), str(folder))
    return listing(folder)


def by_tar(archive: bytes, folder: Path) -> dict[str, tuple[object, ...]]:
    """The same by the program that flytekit runs."""
    path = folder.parent / "theirs.tar.gz"
    path.write_bytes(archive)
    folder.mkdir(exist_ok=True)
    subprocess.run(["tar", "-xvf", path, "-C", folder], stdout=subprocess.PIPE, check=True)
    return listing(folder)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("form", FORMS)
def test_what_tar_would_make_of_it(form: str, packed: bool, tmp_path: Path) -> None:
    archive = tar(*TREE, form=FORMS[form])
    archive = gzip.compress(archive) if packed else archive
    ours = unpacked(archive, tmp_path / "ours")
    assert ours == by_tar(archive, tmp_path / "theirs")
    assert ours[LONG][2] == b"long"
    assert len(ours) == 21


def test_names_beyond_what_a_header_holds(tmp_path: Path) -> None:
    name = "/".join(["n" * 200] * 3)
    members = [(member(name), b"x"), member("l", tarfile.SYMTYPE, linkname=name)]
    for form in ("gnu", "pax"):
        archive = tar(*members, form=FORMS[form])
        assert unpacked(archive, tmp_path / form) == by_tar(archive, tmp_path / f"{form}-tar")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    archive = tar((member(os.fsdecode(b"caf\xe9.py")), b"x"), form=tarfile.GNU_FORMAT)
    assert unpacked(archive, tmp_path / "ours") == by_tar(archive, tmp_path / "theirs")
    assert os.listdir(os.fsencode(tmp_path / "ours")) == [b"caf\xe9.py"]


def test_times_keep_their_fractions(tmp_path: Path) -> None:
    unpacked(tar((member("x.py", mtime=TIME + 0.25), b""), (member("old", mtime=-1.5), b"")), tmp_path / "dest")
    assert tmp_path.joinpath("dest", "x.py").stat().st_mtime_ns == TIME * 10**9 + 250_000_000
    assert tmp_path.joinpath("dest", "old").stat().st_mtime_ns == -1_500_000_000


def test_a_folder_has_its_time_after_its_files(tmp_path: Path) -> None:
    unpacked(tar(member("pkg", tarfile.DIRTYPE), (member("other"), b""), (member("pkg/x"), b"")), tmp_path / "dest")
    assert tmp_path.joinpath("dest", "pkg").stat().st_mtime == TIME


def test_the_folder_itself_may_be_a_member(tmp_path: Path) -> None:
    """Archives of older flytekits begin with it."""
    for name in ("", "/", "./", "."):
        archive = tar(member("x", tarfile.DIRTYPE), (member("a.py"), b""))
        header = bytearray(archive)
        start = archive.index(b"x/\0")
        header[start : start + 2] = name.encode().ljust(2, b"\0")
        checksum_at = start + 148
        header[checksum_at : checksum_at + 8] = b" " * 8
        header[checksum_at : checksum_at + 8] = b"%06o\0 " % sum(header[start : start + 512])
        assert list(unpacked(bytes(header), tmp_path / "dest")) == ["a.py"]


def test_frames_of_gzip_one_after_another(tmp_path: Path) -> None:
    archive = tar(*TREE)
    packed = gzip.compress(archive[:700]) + gzip.compress(archive[700:]) + b"\0" * 100
    assert unpacked(packed, tmp_path / "ours") == by_tar(archive, tmp_path / "theirs")


def test_files_are_replaced_and_others_left(tmp_path: Path) -> None:
    folder = tmp_path / "dest"
    folder.joinpath("full").mkdir(parents=True)
    folder.joinpath("vacant").mkdir()
    for name in ("x.py", "full/other", "becomes_a_folder", "outside"):
        folder.joinpath(name).write_text("old", "utf-8")
    folder.joinpath("link").symlink_to("outside")
    kept = folder.joinpath("x.py").open(encoding="utf-8")
    archive = tar(
        (member("x.py"), b"new"),
        (member("link"), b"new"),
        (member("vacant"), b"new"),
        member("full", tarfile.DIRTYPE),
        member("becomes_a_folder", tarfile.DIRTYPE),
        (member("becomes_a_folder/y"), b"new"),
    )
    found = unpacked(archive, folder)
    with kept:
        assert kept.read() == "old"  # another file: whoever reads the first goes on reading that
    contents = {name: entry[2] for name, entry in found.items() if len(entry) == 3}
    new = dict.fromkeys(("x.py", "link", "vacant", "becomes_a_folder/y"), b"new")
    assert contents == {**new, "full/other": b"old", "outside": b"old"}


def test_a_folder_with_something_in_it_gives_no_way_to_a_file(tmp_path: Path) -> None:
    tmp_path.joinpath("dest", "full").mkdir(parents=True)
    tmp_path.joinpath("dest", "full", "x").touch()
    with pytest.raises(BundleError, match="'full' cannot be unpacked: OSError: Directory not empty"):
        unpacked(tar((member("full"), b"")), tmp_path / "dest")
    assert os.listdir(tmp_path / "dest") == ["full"]


@pytest.mark.parametrize("named", [False, True])
def test_a_link_of_the_image(named: bool, tmp_path: Path) -> None:
    """It is followed on the way to a file, and gives way to a folder of the bundle, as with tar."""
    listings = []
    for side, unpacker in (("ours", unpacked), ("theirs", by_tar)):
        base = tmp_path / side
        base.joinpath("dest").mkdir(parents=True)
        base.joinpath("volume").mkdir()
        base.joinpath("dest", "data").symlink_to("../volume")
        folder = [member("data", tarfile.DIRTYPE)] if named else []
        unpacker(tar(*folder, (member("data/x"), b"x")), base / "dest")
        listings.append({name: entry[0] for name, entry in listing(base).items() if not name.endswith(".gz")})
    assert listings[0] == listings[1]
    assert ("volume/x" in listings[0]) is not named


def test_special_bits_are_dropped(tmp_path: Path) -> None:
    found = unpacked(tar((member("run", mode=0o6755), b""), member("d", tarfile.DIRTYPE, mode=0o3777)), tmp_path / "d")
    assert (found["run"][0], found["d"][0]) == ("0o755", "0o777")


def test_the_owner_is_who_unpacks(tmp_path: Path) -> None:
    unpacked(tar((member("x", uid=12345, gid=12345), b"")), tmp_path / "dest")
    status = tmp_path.joinpath("dest", "x").stat()
    assert (status.st_uid, status.st_gid) == (os.getuid(), os.getgid())


SECRET = [(member("p/q/r/x"), b"")]
REFUSED = {
    "parent": [(member("../x"), b"")],
    "parent inside": [(member("a/../../x"), b"")],
    "parent that stays": [(member("a/../x"), b"")],
    "absolute": [(member("/tmp/x"), b"")],
    "absolute folder": [member("/tmp/x", tarfile.DIRTYPE)],
    "no name": [(member("."), b"x")],
    "folder with content": [(member("d/"), b"x")],
    "link up": [member("l", tarfile.SYMTYPE, linkname="..")],
    "link up and down": [member("l", tarfile.SYMTYPE, linkname="../other/x")],
    "link up from a folder": [member("a/l", tarfile.SYMTYPE, linkname="../../x")],
    "absolute link": [member("l", tarfile.SYMTYPE, linkname="/etc/passwd")],
    "link to nothing": [member("l", tarfile.SYMTYPE, linkname="")],
    "up behind a link": [
        *SECRET,
        member("p/q/r/s", tarfile.SYMTYPE, linkname="../../.."),
        member("t", tarfile.SYMTYPE, linkname="p/q/r/s/../x"),
    ],
    "up behind a link that comes later": [
        *SECRET,
        member("t", tarfile.SYMTYPE, linkname="p/q/r/s/../x"),
        member("p/q/r/s", tarfile.SYMTYPE, linkname="../../.."),
    ],
    "up from where a link leads": [
        member("short", tarfile.DIRTYPE),
        member("p/q/far", tarfile.SYMTYPE, linkname="../../short"),
        member("p/q/far/l", tarfile.SYMTYPE, linkname="../../x"),
    ],
    "hard link to a link": [
        *SECRET,
        member("p/q/l", tarfile.SYMTYPE, linkname="../.."),
        member("h", tarfile.LNKTYPE, linkname="p/q/l"),
    ],
    "hard link up": [member("h", tarfile.LNKTYPE, linkname="../x")],
    "absolute hard link": [member("h", tarfile.LNKTYPE, linkname="/etc/passwd")],
    "hard link to a folder": [*SECRET, member("h", tarfile.LNKTYPE, linkname="p")],
    "hard link to nothing": [member("h", tarfile.LNKTYPE, linkname="missing")],
    "pipe": [member("f", tarfile.FIFOTYPE)],
    "character device": [member("f", tarfile.CHRTYPE, devmajor=1, devminor=5)],
    "block device": [member("f", tarfile.BLKTYPE)],
    "sparse": [member("f", tarfile.GNUTYPE_SPARSE)],
    "sparse by attribute": [member("f", pax_headers={"GNU.sparse.major": "1"})],
    "unknown kind": [member("f", b"Q")],
    "name too long": [(member("n" * 300), b"")],
    "name with NUL": [(member("f", pax_headers={"path": "a\0b"}), b"")],
    "attribute without end": [(member("f", pax_headers={"comment": "x" * (1024 * 1024)}), b"")],
    "size that is no number": [(member("f", pax_headers={"size": "1_0"}), b"")],
    "size of many digits": [(member("f", pax_headers={"size": "9" * 5000}), b"")],
    "time that is no number": [(member("f", pax_headers={"mtime": "nan"}), b"")],
    "time beyond the system's": [(member("f", pax_headers={"mtime": "9" * 30}), b"")],
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_belong_there(name: str, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.joinpath("dest").mkdir(parents=True)
    base.joinpath("x").write_text("untouched", "utf-8")
    with pytest.raises(BundleError) as caught:
        unpacked(tar(*REFUSED[name], (member("after"), b"")), base / "dest")
    assert str(caught.value)
    assert sorted(os.listdir(base)) == ["dest", "fast.tar.gz", "x"]
    assert base.joinpath("x").read_text("utf-8") == "untouched"
    for path in base.joinpath("dest").rglob("*"):
        assert path.resolve().is_relative_to(base / "dest"), path
        assert path.name != "after"
        assert ".bundle-" not in path.name


def test_what_stays_in_the_folder_is_not_refused(tmp_path: Path) -> None:
    members = [
        (member("p/q/x"), b"x"),
        member("p/q/up", tarfile.SYMTYPE, linkname="../.."),
        member("l", tarfile.SYMTYPE, linkname="./p//q/x"),
        member("far", tarfile.SYMTYPE, linkname="p/q"),
        (member("far/y"), b"y"),
        member("far/back", tarfile.SYMTYPE, linkname="../../l"),
        member("..name", tarfile.SYMTYPE, linkname="p/..odd"),
    ]
    found = unpacked(tar(*members), tmp_path / "dest")
    assert found["p/q/y"][2] == b"y"
    assert tmp_path.joinpath("dest", "far", "back").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("name", "value", "archive"),
    [
        ("WINGBEAT_BUNDLE_MAX_BYTES", "100000", gzip.compress(tar((member("zeros"), bytes(200_000))))),
        ("WINGBEAT_BUNDLE_MAX_BYTES", "100000", tar((member("x"), b"x")) + bytes(200_000)),
        ("WINGBEAT_BUNDLE_MAX_MEMBERS", "9", tar(*(member(f"d{i}", tarfile.DIRTYPE) for i in range(10)))),
        ("WINGBEAT_BUNDLE_MAX_RATIO", "50", gzip.compress(tar((member("zeros"), bytes(2_000_000))))),
    ],
)
def test_a_bomb(name: str, value: str, archive: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unpacked(archive, tmp_path / "before")
    monkeypatch.setattr(limits, "RATIO_FROM", 1_000_000)
    monkeypatch.setenv(name, value)
    with pytest.raises(BundleError, match=f"set {name} higher"):
        unpacked(archive, tmp_path / "dest")
    unpacked(tar((member("x"), b"x")), tmp_path / "small")


@pytest.mark.parametrize("value", ["-1", "0", "many", "1.5"])
def test_a_limit_that_is_none(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINGBEAT_BUNDLE_MAX_RATIO", value)
    with pytest.raises(BundleError, match=f"WINGBEAT_BUNDLE_MAX_RATIO is '{value}', expected a positive integer"):
        unpacked(tar((member("x"), b"x")), tmp_path / "dest")


@pytest.mark.parametrize(
    ("archive", "message"),
    [
        (b"", "it is empty"),
        (b"not an archive" * 100, "it is not a tar archive"),
        (gzip.compress(b"not an archive" * 100, mtime=0), "it is not a tar archive"),
        (gzip.compress(tar(*TREE), mtime=0)[:-30], "it ends in the middle"),
        (tar(*TREE)[:3000], "it ends in the middle"),
        (gzip.compress(tar(*TREE), mtime=0)[:-8] + bytes(8), "it is damaged"),
        (gzip.compress(tar(*TREE), mtime=0) + b"more", "it is damaged"),
    ],
    ids=lambda part: part if isinstance(part, str) else f"{len(part)} bytes",
)
def test_a_damaged_archive(archive: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=message):
        unpacked(archive, tmp_path / "dest")


@pytest.mark.parametrize("packed", [True, False])
def test_any_damage_is_one_clear_error_or_none(packed: bool, tmp_path: Path) -> None:
    drawn = random.Random(7)
    small = [one for one in TREE if not (isinstance(one, tuple) and len(one[1]) > 10_000)]
    whole = tar(*small, form=tarfile.GNU_FORMAT)
    whole = gzip.compress(whole) if packed else whole
    refused = 0
    for number in range(300):
        damaged = bytearray(whole)
        for _ in range(drawn.choice([1, 1, 3, 20])):
            damaged[drawn.randrange(len(damaged))] = drawn.randrange(256)
        base = tmp_path / str(number)
        base.mkdir()
        try:
            unpacked(bytes(damaged[: drawn.choice([len(whole), drawn.randrange(len(whole))])]), base / "dest")
        except BundleError:
            refused += 1
        assert sorted(os.listdir(base)) == ["dest", "fast.tar.gz"]
    assert refused > 150


def unpack_often(archive: Path, folder: Path) -> None:
    for _ in range(20):
        unpack(str(archive), str(folder))


def test_several_at_once_in_one_folder(tmp_path: Path) -> None:
    """Every file is whole at all times: another process may be importing it."""
    contents = {f"pkg{i % 3}/m{i}.py": bytes([65 + i]) * (50_000 + i) for i in range(20)}
    link = member("link", tarfile.SYMTYPE, linkname="pkg0/m0.py")
    archive = tmp_path / "fast.tar.gz"
    archive.write_bytes(gzip.compress(tar(*((member(name), data) for name, data in contents.items()), link), 1))
    folder = tmp_path / "dest"
    folder.mkdir()
    unpack(str(archive), str(folder))
    start = multiprocessing.get_context("spawn")
    writers = [start.Process(target=unpack_often, args=(archive, folder)) for _ in range(3)]
    wrong: list[str] = []
    written = threading.Event()  # asking a process here whether it lives would take its exit status from `join`

    def read() -> None:
        while not written.is_set():
            wrong.extend(name for name, data in contents.items() if folder.joinpath(name).read_bytes() != data)
            wrong.extend([] if folder.joinpath("link").read_bytes() == contents["pkg0/m0.py"] else ["link"])

    for writer in writers:
        writer.start()
    reader = threading.Thread(target=read)
    reader.start()
    for writer in writers:
        writer.join()
    written.set()
    reader.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert wrong == []
    assert {name for name, entry in listing(folder).items() if len(entry) == 3} == {*contents, "link"}


def test_from_a_store(tmp_path: Path) -> None:
    import fsspec

    store = fsspec.filesystem("memory")
    store.pipe_file("/bundles/fast1.tar.gz", gzip.compress(tar((member("x.py"), b"x"))))
    store.pipe_file("/bundles/pkl.gz", b"opaque")
    fetch("memory://bundles/fast1.tar.gz", str(tmp_path))
    fetch("memory://bundles/pkl.gz", str(tmp_path))
    assert sorted(os.listdir(tmp_path)) == ["fast1.tar.gz", "pkl.gz", "x.py"]
    assert tmp_path.joinpath("pkl.gz").read_bytes() == b"opaque"
    with pytest.raises(BundleError, match=r"^task execution code was not found: .*'memory://bundles/fast2\.tar\.gz'"):
        fetch("memory://bundles/fast2.tar.gz", str(tmp_path))
    with pytest.raises(StorageError, match="nowhere"):
        fetch("nowhere://bundles/fast1.tar.gz", str(tmp_path))


def test_a_bundle_that_lies_in_its_folder_already(tmp_path: Path) -> None:
    tmp_path.joinpath("fast1.tar.gz").write_bytes(tar((member("x.py"), b"x")))
    fetch(f"file://{tmp_path}/fast1.tar.gz", str(tmp_path))
    assert sorted(os.listdir(tmp_path)) == ["fast1.tar.gz", "x.py"]
    with pytest.raises(BundleError, match="task execution code was not found"):
        fetch(f"{tmp_path}/fast2.tar.gz", str(tmp_path))


def test_messages_name_bundle_folder_and_reason(tmp_path: Path) -> None:
    source = tmp_path / "fast1.tar.gz"
    source.write_bytes(tar(member("l", tarfile.SYMTYPE, linkname="/data")))
    folder = tmp_path / "dest"
    folder.mkdir()
    with pytest.raises(BundleError) as caught:
        fetch(str(source), str(folder))
    assert str(caught.value) == (
        f"the code bundle '{source}' was not unpacked into '{folder}': 'l' is a link to '/data', which may leave "
        "the bundle's folder. Register with --deref-symlinks, or leave it out"
    )
    with pytest.raises(BundleError, match="--dest-dir '/no/such' is not a folder"):
        fetch(str(source), "/no/such")
    with pytest.raises(BundleError, match=r"has no name that ends with \.tar\.gz, and is not called pkl\.gz"):
        fetch(str(tmp_path / "fast1.tgz"), str(folder))
