"""The names that Kubernetes accepts (authoring spec 4.3)."""

from __future__ import annotations

#: One more than a name may have.
_LIMIT = 63


def dns_name(text: str) -> str:
    """A text as such a name: small letters, digits and dashes. A long one is cut, with a digest in front.

    What is neither is dropped, and `_` and `.` become dashes; before a capital comes a dash.
    """
    if len(text) >= _LIMIT:
        from hashlib import sha224

        digest = sha224(text.encode(), usedforsecurity=False).hexdigest()[:10]
        text = f"{digest}-{text[-(_LIMIT - 11) :]}"
    name = ""
    for char in text:
        if char in "_-.":
            if name and len(name) < _LIMIT - 1:
                name += "-"
        elif char.islower() or char.isdigit():
            name += char if char.isalnum() else ""
        elif char.isalnum():
            if name and name[-1] != "-" and len(name) < _LIMIT - 1:
                name += "-"
            name += char.lower()
    return name.removesuffix("-")
