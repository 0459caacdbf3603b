"""The installed packages, as `pip list` and `pip freeze` would print them, without starting pip."""

from __future__ import annotations

import json
import re
from html import escape
from importlib import metadata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: What `pip freeze` leaves out.
_INSTALLERS = frozenset(("pip", "setuptools", "wheel", "distribute"))


class PythonDependencyRenderer:
    """Shows the packages that this Python finds, and the lines of a requirements.txt for them.

    Args:
        title: Not used, as in flytekit.
    """

    def __init__(self, title: str = "Dependencies") -> None:
        self._title = title

    def to_html(self) -> str:
        """The packages as HTML."""
        packages = installed()
        items = "".join(
            f"<li><b>{escape(name)}</b><span>{escape(version)}</span></li>" for name, (version, _) in packages.items()
        )
        lines = "\n".join(line for name, (_, line) in packages.items() if name.lower() not in _INSTALLERS)
        return (
            f'<details class="copied"><summary>As requirements.txt</summary><pre id="requirements_txt">{escape(lines)}'
            f'</pre></details><ul class="packages">{items}</ul>'
        )


def installed() -> dict[str, tuple[str, str]]:
    """Name -> version and line of requirements.txt, sorted. Of a package that is there twice, the one that counts."""
    found: dict[str, tuple[str, tuple[str, str]]] = {}
    for distribution in metadata.distributions():
        # Not `distribution.metadata`: that parses all of it, long descriptions and all, as an email.
        text = distribution.read_text("METADATA") or distribution.read_text("PKG-INFO") or ""
        name, version = header(text, "Name"), header(text, "Version")
        key = re.sub(r"[-_.]+", "-", name).lower()
        if name and key not in found:
            found[key] = name, (version, requirement(name, version, distribution.read_text("direct_url.json")))
    return dict(sorted(found.values(), key=lambda one: one[0].lower()))


def header(text: str, name: str) -> str:
    """A field of a package's metadata."""
    match = re.search(rf"^{name}:[ \t]*(.*?)[ \t\r]*$", text.partition("\n\n")[0], re.MULTILINE)
    return match[1] if match else ""


def requirement(name: str, version: str, origin: str | None) -> str:
    """`name==version`, or where the package comes from if that was no index (PEP 610)."""
    if not origin:
        return f"{name}=={version}"
    source: dict[str, Any] = json.loads(origin)
    url = source["url"]
    if source.get("dir_info", {}).get("editable"):
        return f"-e {url.removeprefix('file://')}"
    if repository := source.get("vcs_info"):
        url = f"{repository['vcs']}+{url}@{repository['commit_id']}"
    if folder := source.get("subdirectory"):
        url += f"#subdirectory={folder}"
    return f"{name} @ {url}"
