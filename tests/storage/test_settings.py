"""What the environment says, as it reaches the drivers and as it acts."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import s3fs

from tests.stores.proxy import Proxy
from wingbeat import storage
from wingbeat.storage import StorageError, extension, fallback, object_settings, transfer
from wingbeat.storage.fsspec_store import FsspecStore
from wingbeat.storage.object_errors import NotExpressibleError
from wingbeat.storage.object_store import ObjectStore
from wingbeat.storage.options import own_options, storage_options
from wingbeat.storage.store import locate


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("AWS_", "FLYTE_A", "GOOGLE_", "AZURE_", "STORAGE_", "WINGBEAT_STORE")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def test_s3_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_AWS_ENDPOINT", "http://minio:9000/")
    monkeypatch.setenv("FLYTE_AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("FLYTE_AWS_SECRET_ACCESS_KEY", "secret")
    assert object_settings.s3("b", anonymous=False) == {
        "aws_endpoint_url_s3": "http://minio:9000",
        "access_key_id": "key",
        "secret_access_key": "secret",
    }
    assert object_settings.s3("b", anonymous=True) == {
        "aws_endpoint_url_s3": "http://minio:9000",
        "skip_signature": True,
    }


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("virtual", {"aws_endpoint_url_s3": "http://b.minio:9000", "virtual_hosted_style_request": True}),
        ("path", {"aws_endpoint_url_s3": "http://minio:9000"}),
        ("auto", {"aws_endpoint_url_s3": "http://minio:9000"}),
    ],
)
def test_the_addressing_style_is_what_it_says(
    style: str, expected: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLYTE_AWS_ENDPOINT", "http://minio:9000")
    monkeypatch.setenv("FLYTE_AWS_ADDRESSING_STYLE", style)
    assert object_settings.s3("b", anonymous=False) == expected


def test_an_addressing_style_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_AWS_ADDRESSING_STYLE", "oblique")
    with pytest.raises(StorageError, match="FLYTE_AWS_ADDRESSING_STYLE='oblique'"):
        storage.read("s3://b/k")


def test_a_token_that_belongs_to_other_keys_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLYTE_AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("FLYTE_AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of others")
    options = object_settings.s3("b", anonymous=False)
    assert options["credential_provider"]()["token"] is None
    assert "access_key_id" not in options


PROFILES = """
[default]
aws_access_key_id = one
aws_secret_access_key = first

[other]
aws_access_key_id = two
aws_secret_access_key = second
aws_session_token = third
region = eu-west-1

[role]
role_arn = arn:aws:iam::1:role/r
source_profile = default
"""


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("", {"access_key_id": "one", "secret_access_key": "first"}),
        (
            "other",
            {"access_key_id": "two", "secret_access_key": "second", "session_token": "third", "region": "eu-west-1"},
        ),
        ("unknown", {}),
    ],
)
def test_profiles(profile: str, expected: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.joinpath("home", ".aws").mkdir(parents=True)
    tmp_path.joinpath("home", ".aws", "credentials").write_text(PROFILES, "utf-8")
    monkeypatch.setenv("AWS_PROFILE", profile)
    assert object_settings.s3("b", anonymous=False) == expected
    monkeypatch.setenv("AWS_WEB_IDENTITY_TOKEN_FILE", "/token")
    assert object_settings.s3("b", anonymous=False) == {}


def test_a_profile_that_botocore_only_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmp_path.joinpath("credentials").write_text(PROFILES, "utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_PROFILE", "role")
    with pytest.raises(NotExpressibleError):
        object_settings.s3("b", anonymous=False)
    store, _ = locate("s3://b/k", "read")
    assert isinstance(store, FsspecStore)


def test_azure(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STORAGE_ACCOUNT_NAME", "STORAGE_ACCOUNT_KEY", "CLIENT_ID", "CLIENT_SECRET", "TENANT_ID"):
        monkeypatch.setenv(f"FLYTE_AZURE_{name}", name.lower())
    assert object_settings.azure(anonymous=False) == {
        "account_name": "storage_account_name",
        "account_key": "storage_account_key",
        "client_id": "client_id",
        "client_secret": "client_secret",
        "tenant_id": "tenant_id",
    }


@pytest.mark.parametrize(
    "uri", ["s3://b/k", "s3a://b/k", "gs://b/k", "gcs://b/k", "abfs://c@account.dfs.core.windows.net/k"]
)
def test_object_stores_go_by_obstore(uri: str) -> None:
    store, key = locate(uri, "read")
    assert isinstance(store, ObjectStore)
    assert key == "k"
    assert locate(uri, "read")[0] is store


def test_without_credentials_what_is_for_everybody_can_be_read(
    s3: str, driver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3fs.S3FileSystem(**storage_options("s3")).pipe_file(f"{s3}/f", b"for everybody", ACL="public-read")
    storage.write(f"{s3}/g", b"for some")
    for name in ("FLYTE_AWS_ACCESS_KEY_ID", "FLYTE_AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert storage.read(f"{s3}/f") == b"for everybody"
    for action in (lambda: storage.read(f"{s3}/g"), lambda: storage.write(f"{s3}/h", b"")):
        with pytest.raises(StorageError, match="Check the credentials"):
            action()


def test_which_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINGBEAT_STORE", "fsspec")
    assert isinstance(locate("s3://b/k", "read")[0], FsspecStore)
    monkeypatch.setenv("WINGBEAT_STORE", "obstore")
    assert isinstance(locate("s3://b/k", "read")[0], ObjectStore)
    with pytest.raises(StorageError, match="WINGBEAT_STORE=auto"):
        locate("s3://b/a//b", "read")
    monkeypatch.setenv("WINGBEAT_STORE", "boto")
    with pytest.raises(StorageError, match="Expected 'auto', 'obstore' or 'fsspec'"):
        locate("s3://b/k", "read")
    monkeypatch.setenv("WINGBEAT_STORE", "auto")
    monkeypatch.setattr(extension, "load", lambda: None)
    assert isinstance(locate("s3://b/k", "read")[0], FsspecStore)


def test_the_own_drivers_wait_for_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINGBEAT_STORAGE_TIMEOUT", "7")
    monkeypatch.setenv("FLYTE_AWS_RETRIES", "2")
    config = own_options("s3", anonymous=False, patient=True)["config_kwargs"]
    assert config["connect_timeout"] == config["read_timeout"] == 7
    assert config["retries"]["total_max_attempts"] == 3
    wait = own_options("https", anonymous=False, patient=False)["client_kwargs"]["timeout"]
    assert (wait.total, wait.sock_connect, wait.sock_read) == (None, 7, 7)
    client = object_settings.client_options(retries=0)["client_options"]
    assert (client["read_timeout"], client["connect_timeout"]) == ("7s", "7s")


def test_the_whole_of_obstore_and_its_half_are_one() -> None:
    program = (
        "import sys\n"
        "from wingbeat.storage import extension\n"
        "half = extension.load()\n"
        "assert 'obstore' not in sys.modules and 'typing' not in sys.modules\n"
        "import obstore\n"
        "assert obstore._obstore is half is extension.load() and obstore.get is half.get\n"
        "obstore.store.MemoryStore().put('a', b'x')\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_fork_goes_by_the_other_driver(s3: str) -> None:
    """The threads of obstore are not there in it, and it would wait for them for ever."""
    program = (
        "import os, sys\n"
        "from wingbeat import storage\n"
        "storage.write(sys.argv[1], b'before')\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    assert storage.read(sys.argv[1]) == b'before'\n"
        "    storage.write(sys.argv[1], b'after')\n"
        "    os._exit(0)\n"
        "assert os.waitpid(child, 0)[1] == 0\n"
        "assert storage.read(sys.argv[1]) == b'after'\n"
    )
    subprocess.run([sys.executable, "-c", program, f"{s3}/f"], check=True, timeout=60)


def test_an_upload_says_what_is_in_it(s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = s3fs.S3FileSystem(**storage_options("s3"))
    for driver in ("auto", "fsspec"):
        monkeypatch.setenv("WINGBEAT_STORE", driver)
        tmp_path.joinpath("f.csv").write_bytes(b"x")
        transfer.upload(str(tmp_path / "f.csv"), f"{s3}/{driver}/f.csv")
        transfer.upload(str(tmp_path / "f.csv"), f"{s3}/{driver}/deck", ContentType="text/html")
        transfer.upload(str(tmp_path / "f.csv"), f"{s3}/{driver}/all", ACL="public-read")
        assert files.info(f"{s3}/{driver}/f.csv")["ContentType"] == "text/csv"
        assert files.info(f"{s3}/{driver}/deck")["ContentType"] == "text/html"


def test_fsspec_takes_over_with_a_word_or_not_at_all(
    s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(fallback, "_told", set())
    monkeypatch.setenv("WINGBEAT_STORE", "auto")
    tmp_path.joinpath("f").write_bytes(b"x")
    for name in ("a", "b"):
        transfer.upload(str(tmp_path / "f"), f"{s3}/{name}", ACL="public-read")
    told = [record.getMessage() for record in caplog.records if "fsspec's driver" in record.getMessage()]
    assert len(told) == 1
    assert "the options ACL are for fsspec's driver" in told[0]
    monkeypatch.setenv("WINGBEAT_STORE", "obstore")
    for uri, options in ((f"{s3}/c", {"ACL": "public-read"}), (f"{s3}/d//e", {})):
        with pytest.raises(StorageError, match="WINGBEAT_STORE=auto allows"):
            transfer.upload(str(tmp_path / "f"), uri, **options)


def test_many_files_are_on_their_way_at_the_same_time(
    proxy: Proxy, s3: str, driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together = threading.Barrier(4)
    take = proxy.take

    def meet(method: str, path: str) -> Any:
        if "/many/" in path and "list-type" not in path:
            together.wait(30)  # goes on when four are there
        return take(method, path)

    monkeypatch.setenv("WINGBEAT_TRANSFERS", "4")
    for number in range(4):
        tmp_path.joinpath("many").mkdir(exist_ok=True)
        tmp_path.joinpath("many", str(number)).write_bytes(b"x")
    monkeypatch.setattr(proxy, "take", meet)
    transfer.upload(str(tmp_path / "many"), f"{s3}/many", folder=True)
    transfer.download(f"{s3}/many", str(tmp_path / "back"), folder=True)
    assert len(list(tmp_path.joinpath("back").iterdir())) == 4
