"""What cannot be done is one clear error, and leaves nothing behind, in every place."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import s3fs

from tests.storage.files import content, leftovers, make
from tests.stores.faulty import FaultyStore, ServerError
from tests.stores.proxy import Cut, Proxy, Status
from wingbeat import storage
from wingbeat.storage import StorageError, listing, transfer
from wingbeat.storage.options import storage_options


@pytest.mark.parametrize("folder", [False, True], ids=["file", "folder"])
def test_nothing_there(folder: bool, place: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Check that the") as caught:
        transfer.download(f"{place}/no", str(tmp_path / "back"), folder=folder)
    assert isinstance(caught.value.__cause__, FileNotFoundError)
    assert leftovers(tmp_path) == []


def test_no_such_bucket(s3: str, driver: str, tmp_path: Path) -> None:
    tmp_path.joinpath("f").write_bytes(b"x")
    for action in (
        lambda: storage.read("s3://no-such-bucket/f"),
        lambda: transfer.download("s3://no-such-bucket/f", str(tmp_path / "back")),
        lambda: transfer.upload(str(tmp_path / "f"), "s3://no-such-bucket/f"),
        lambda: listing.list_folder("s3://no-such-bucket"),
    ):
        with pytest.raises(StorageError, match="no-such-bucket") as caught:
            action()
        assert isinstance(caught.value.__cause__, FileNotFoundError)
    assert leftovers(tmp_path) == ["f"]


@pytest.mark.parametrize("status", [401, 403])
def test_denied(status: int, proxy: Proxy, s3: str, driver: str, tmp_path: Path) -> None:
    tmp_path.joinpath("f").write_bytes(b"x")
    storage.write(f"{s3}/f", b"x")
    proxy.fail(*[Status(part="/f", status=status) for _ in range(3)])
    with pytest.raises(StorageError, match="Check the credentials") as caught:
        transfer.upload(str(tmp_path / "f"), f"{s3}/f")
    assert isinstance(caught.value.__cause__, PermissionError)
    with pytest.raises(StorageError, match="Check the credentials"):  # with the credentials, and without
        transfer.download(f"{s3}/f", str(tmp_path / "back"))
    assert leftovers(tmp_path) == ["f"]
    proxy.faults.clear()


def test_denied_with_these_credentials_only(proxy: Proxy, s3: str, driver: str) -> None:
    s3fs.S3FileSystem(**storage_options("s3")).pipe_file(f"{s3}/f", b"for everybody", ACL="public-read")
    proxy.fail(Status(part="/f", status=403))
    assert storage.read(f"{s3}/f") == b"for everybody"


def test_a_folder_is_no_file(place: str, tmp_path: Path) -> None:
    storage.write(f"{place}/folder/f", b"x")
    with pytest.raises(StorageError, match="A folder is where a file should be"):
        transfer.download(f"{place}/folder", str(tmp_path / "back"))
    with pytest.raises(StorageError, match="A folder is where a file should be"):
        transfer.upload(str(tmp_path), f"{place}/g")
    assert leftovers(tmp_path) in ([], ["there", "there/folder", "there/folder/f"])


def test_a_file_and_a_folder_of_one_name(s3: str, driver: str, tmp_path: Path) -> None:
    storage.write(f"{s3}/x/a", b"file")
    storage.write(f"{s3}/x/a/b", b"in a folder")
    with pytest.raises(StorageError, match=r"'a' and 'a/b' cannot both be"):
        transfer.download(f"{s3}/x", str(tmp_path / "back"), folder=True)
    assert leftovers(tmp_path) == []
    assert storage.read(f"{s3}/x/a") == b"file"


def test_a_name_that_leads_out_of_the_folder(s3: str, driver: str, tmp_path: Path) -> None:
    s3fs.S3FileSystem(**storage_options("s3")).pipe_file(f"{s3}/x/../../out", b"x")
    with pytest.raises(StorageError, match="outside of the folder"):
        transfer.download(f"{s3}/x", str(tmp_path / "back"), folder=True)
    assert leftovers(tmp_path) == []


def test_what_breaks_off_for_good_leaves_nothing(
    proxy: Proxy, s3: str, driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLYTE_AWS_RETRIES", "1")
    storage.write(f"{s3}/folder/f", b"x" * 100_000)
    storage.write(f"{s3}/folder/g", b"x")
    tmp_path.joinpath("f").write_bytes(b"old")
    for folder, target in ((False, "f"), (True, "back")):
        proxy.fail(*[Cut("GET", "/folder/f", after=100) for _ in range(2)])
        with pytest.raises(StorageError, match="Tried 2 times"):
            transfer.download(f"{s3}/folder" + ("" if folder else "/f"), str(tmp_path / target), folder=folder)
    assert content(tmp_path) == {"f": b"old"}
    assert leftovers(tmp_path) == ["f"]


def test_an_upload_that_breaks_off_is_given_up_as_a_whole(
    proxy: Proxy, s3: str, driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLYTE_AWS_RETRIES", "0")
    monkeypatch.setenv("_F_P_WRITE_CHUNK_SIZE", str(5 * 2**20))
    tmp_path.joinpath("f").write_bytes(bytes(12_000_000))
    proxy.fail(Status("PUT", "partNumber=2", status=400))
    with pytest.raises(StorageError, match="cannot write"):
        transfer.upload(str(tmp_path / "f"), f"{s3}/f")
    assert not transfer.exists(f"{s3}/f")
    assert any(line.startswith("DELETE ") and "uploadId" in line for line in proxy.requests)


def test_a_length_that_stays_wrong(faults: type[FaultyStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_AWS_RETRIES", "0")
    storage.write("faulty://b/f", b"whole")
    faults.faults.append(lambda data: data + b"!")
    with pytest.raises(StorageError, match="6 bytes have come of 5"):
        transfer.download("faulty://b/f", str(tmp_path / "f"))
    assert leftovers(tmp_path) == []


def test_a_folder_of_which_one_file_fails(faults: type[FaultyStore], tmp_path: Path) -> None:
    make(tmp_path / "folder", dict.fromkeys("abcdef", b"x"))
    transfer.upload(str(tmp_path / "folder"), "faulty://b", folder=True)
    faults.faults.extend([None, None, ServerError(400)])
    with pytest.raises(StorageError, match="status 400"):
        transfer.download("faulty://b", str(tmp_path / "back"), folder=True)
    assert not tmp_path.joinpath("back").exists()
    assert leftovers(tmp_path) == ["folder", *(f"folder/{name}" for name in "abcdef")]


@pytest.mark.parametrize("driver", ["obstore", "fsspec", "local"])
def test_a_full_disk(driver: str, s3: str, tmp_path: Path) -> None:
    """A limit on the size of a file fails as a full disk does: in the middle of a write."""
    place = str(tmp_path / "there") if driver == "local" else s3
    storage.write(f"{place}/f", b"x" * 300_000)
    program = (
        "import resource, signal, sys\n"
        "from wingbeat.storage import StorageError, transfer\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "for folder in (False, True):\n"
        "    try:\n"
        "        transfer.download(sys.argv[1] + ('' if folder else '/f'), sys.argv[2], folder=folder)\n"
        "    except StorageError as error:\n"
        "        print(error)\n"
    )
    back = tmp_path / "back"
    back.mkdir()
    env = {**os.environ, "WINGBEAT_STORE": "" if driver == "local" else driver}
    done = subprocess.run(
        [sys.executable, "-c", program, place, str(back / "f")], capture_output=True, text=True, check=True, env=env
    )
    assert done.stdout.count("File too large") == 2, done.stdout
    assert leftovers(back) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 100_000


def test_a_folder_that_may_not_be_written(place: str, tmp_path: Path) -> None:
    """A file in the place of a folder: the super-user may write everywhere else."""
    storage.write(f"{place}/f", b"x")
    tmp_path.joinpath("file").write_bytes(b"")
    for folder in (False, True):
        with pytest.raises(StorageError, match=r"/file\).*A folder is where a file should be"):
            transfer.download(place if folder else f"{place}/f", str(tmp_path / "file" / "f"), folder=folder)
    assert [name for name in leftovers(tmp_path) if not name.startswith("there")] == ["file"]
