"""Whether what the image's tasks read and write can be read and written."""

from __future__ import annotations

import os
import re
from importlib.util import find_spec

from wingbeat.installation.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Extra of wingbeat's -> its schemes, fsspec's driver, and the beginnings of variables that speak of such a store.
EXTRAS = {
    "s3": (("s3", "s3a"), "s3fs", ("FLYTE_AWS_", "AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL", "AWS_ROLE_ARN")),
    "gcs": (("gs", "gcs"), "gcsfs", ("FLYTE_GCP_", "GOOGLE_APPLICATION_CREDENTIALS")),
    "azure": (("abfs", "abfss", "az"), "adlfs", ("FLYTE_AZURE_", "AZURE_STORAGE_")),
}
_URL = re.compile(r"\b([a-z][a-z0-9+.-]{1,9})://[^\s'\"/]")
_LOCAL = ("file", "http", "https")


def find(files: Iterable[str] = (), uris: Iterable[str] = ()) -> Iterator[Finding]:
    """Look at each kind of store that is in use: variables or sources of the user speak of it, or a URL is given."""
    from wingbeat.storage.drivers import DRIVERS

    used = in_use(files, uris)
    native = find_spec("obstore") is not None
    for extra, (schemes, driver, _) in EXTRAS.items():
        why = next((used[scheme] for scheme in schemes if scheme in used), None)
        if why is None:
            continue
        drivers = find_spec(driver) is not None
        install = f"pip install 'wingbeat[{extra}]'"
        name = f"{schemes[0]}://, which {why}"
        if native:
            missing = "" if drivers else f"; {driver} is not, which user code needs that asks for a file system"
            yield Finding("stores", "ok", f"{name}: obstore is installed{missing}", "" if drivers else install)
        elif drivers:
            what = f"{name}: {driver} is installed, and takes a second to import; obstore takes milliseconds"
            yield Finding("stores", "problem", what, install)
        else:
            yield Finding("stores", "problem", f"{name}: nothing is installed that reads and writes it", install)
    for scheme, why in used.items():
        package = DRIVERS.get(scheme)
        if package and scheme not in _LOCAL and not any(scheme in one[0] for one in EXTRAS.values()):
            level = "ok" if find_spec(package) is not None else "problem"
            what = f"{scheme}://, which {why}: {package} is {'' if level == 'ok' else 'not '}installed"
            yield Finding("stores", level, what, "" if level == "ok" else f"pip install {package}")  # type: ignore[arg-type]
    if not used:
        yield Finding("stores", "ok", "no variable and no source speaks of an object store; name one by --uri")


def in_use(files: Iterable[str], uris: Iterable[str]) -> dict[str, str]:
    """Scheme -> how it is known to be in use."""
    found = {uri.partition("://")[0].lower(): f"{uri} needs" for uri in uris if "://" in uri}
    for schemes, _, prefixes in EXTRAS.values():
        variable = next((name for name in sorted(os.environ) if name.startswith(prefixes)), None)
        if variable is not None:
            found.setdefault(schemes[0], f"the variable {variable} speaks of")
    for path in files:
        for scheme in _URL.findall(read(path)):
            found.setdefault(scheme, f"{path} mentions")
    return found


def read(path: str) -> str:
    """A source file; empty if it is none."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
