"""`ImageSpec`: the image that a task runs in, to be built when it is registered (authoring spec 1.3 and 4.9).

In a task's container nothing is built; what matters there is `is_container()`, by which modules choose their imports.
"""

from __future__ import annotations

import os

from wingbeat.authoring.process import executes_task
from wingbeat.authoring.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

    from typing_extensions import Self

__all__ = ["ImageBuildEngine", "ImageSpec", "ImageSpecBuilder", "validate_container_registry_name"]

#: Fields that the image does not depend on, or that are installed later.
_NOT_OF_THE_ID = ("pip_secret_mounts", "builder", "runtime_packages")
_LISTS = (
    "packages",
    "conda_channels",
    "conda_packages",
    "apt_packages",
    "pip_extra_index_url",
    "entrypoint",
    "commands",
    "runtime_packages",
)


class ImageSpec(Record):
    """What is in an image; the fields are flytekit's.

    Raises:
        ValueError: the registry's name is none, or a field is of another type.
    """

    def __init__(
        self,
        name: str = "flytekit",
        python_version: str | None = None,
        builder: str | None = None,
        source_root: str | None = None,
        env: dict[str, str] | None = None,
        registry: str | None = None,
        packages: list[str] | None = None,
        conda_packages: list[str] | None = None,
        conda_channels: list[str] | None = None,
        requirements: str | None = None,
        apt_packages: list[str] | None = None,
        cuda: str | None = None,
        cudnn: str | None = None,
        base_image: str | ImageSpec | None = None,
        platform: str | None = None,
        pip_index: str | None = None,
        pip_extra_index_url: list[str] | None = None,
        pip_secret_mounts: list[tuple[str, str]] | None = None,
        pip_extra_args: str | None = None,
        registry_config: str | None = None,
        entrypoint: list[str] | None = None,
        commands: list[str] | None = None,
        tag_format: str | None = None,
        source_copy_mode: Any = None,
        copy: list[str] | None = None,
        python_exec: str | None = None,
        runtime_packages: list[str] | None = None,
        builder_options: dict[str, Any] | None = None,
        builder_config: dict[str, Any] | None = None,
    ) -> None:
        given = locals()
        for field in self.__match_args__:
            setattr(self, field, given[field])
        self.name = name.lower()
        self._is_force_push = _switched_on("FLYTE_FORCE_PUSH_IMAGE_SPEC")
        self._fast_fail = _switched_on("FLYTE_IMG_FAST_FAIL")
        if registry:
            self.registry = registry.lower()
            if not validate_container_registry_name(self.registry):
                raise ValueError(
                    f"Invalid container registry name: '{self.registry}'.\n Expected formats:\n"
                    "- 'localhost:30000' (for local registries)\n"
                    "- 'ghcr.io/username' (for GitHub Container Registry)\n"
                    "- 'docker.io/username' (for docker hub)\n"
                )
        if platform is None:
            self.platform = "linux/arm64" if _is_local_registry_on_arm(self.registry) else "linux/amd64"
        if source_root is not None and not source_copy_mode:
            from wingbeat.authoring.copy_mode import CopyFileDetection

            self.source_copy_mode = CopyFileDetection.LOADED_MODULES
        if builder is None and ImageBuildEngine._REGISTRY:
            self.builder = max(ImageBuildEngine._REGISTRY, key=lambda one: ImageBuildEngine._REGISTRY[one][1])
        self._check()

    def _check(self) -> None:
        for field in _LISTS:
            value = getattr(self, field)
            if value is not None and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
                raise ValueError(f"{field} must be a list of strings or None")
        mounts: Any = self.pip_secret_mounts
        if mounts is not None and not (isinstance(mounts, list) and all(_is_pair_of_texts(one) for one in mounts)):
            raise ValueError("pip_secret_mounts must be a list of tuples of two strings or None")
        if self.builder_options is not None and not isinstance(self.builder_options, dict):
            raise ValueError("builder_options must be a dictionary or None")

    if TYPE_CHECKING:

        def __getattr__(self, field: str) -> Any: ...

    @property
    def id(self) -> str:
        """The same for specifications that say the same: what the container's image is compared with."""
        found: str | None = self.__dict__.get("id")
        if found is None:
            found = self.__dict__["id"] = _digest(str(_plain(self)))
        return found

    def __hash__(self) -> int:
        return hash(self.id)

    def is_container(self) -> bool:
        """Whether this process runs in the image; outside of a task always, so that everything can be imported."""
        return not executes_task() or os.environ.get("_F_IMG_ID") == self.id

    @property
    def tag(self) -> str:
        """The tag that the image is pushed under.

        Raises:
            NotCovered: it depends on the source files of the machine that builds the image.
            OSError: there is no such file of requirements.
        """
        from wingbeat.authoring.copy_mode import CopyFileDetection

        if self.copy or self.source_copy_mode not in (None, CopyFileDetection.NO_COPY):
            raise _not_covered("flytekit.ImageSpec.tag", "it depends on the files that are copied into the image")
        changes: dict[str, Any] = {"registry_config": None}
        if isinstance(self.base_image, ImageSpec):
            changes["base_image"] = self.base_image.image_name()
        if self.requirements:
            from hashlib import sha1

            with open(self.requirements, "rb") as file:
                changes["requirements"] = sha1(file.read().strip(), usedforsecurity=False).hexdigest()
        tag: str = self._replaced(**changes).id.replace("-", "_")
        return self.tag_format.format(spec_hash=tag) if self.tag_format else tag

    def image_name(self) -> str:
        """The image's full name. Raises what `tag` does."""
        name = f"{self.name}:{self.tag}"
        if self.registry:
            name = f"{self.registry}/{name}"
        return ImageBuildEngine._IMAGE_NAME_TO_REAL_NAME.get(name, name)

    def exist(self) -> bool | None:
        """Whether the image has been built. Raises NotCovered."""
        raise _not_covered("flytekit.ImageSpec.exist")

    def with_commands(self, commands: str | list[str]) -> Self:
        """A copy with more commands."""
        return self._update_attribute("commands", commands)

    def with_packages(self, packages: str | list[str]) -> Self:
        """A copy with more Python packages."""
        return self._update_attribute("packages", packages)

    def with_apt_packages(self, apt_packages: str | list[str]) -> Self:
        """A copy with more packages of the system's."""
        return self._update_attribute("apt_packages", apt_packages)

    def with_copy(self, src: str | list[str]) -> Self:
        """A copy with more files."""
        return self._update_attribute("copy", src)

    def with_runtime_packages(self, runtime_packages: list[str]) -> Self:
        """A copy with more packages that are installed when a task starts."""
        return self._update_attribute("runtime_packages", runtime_packages)

    def with_builder_options(self, builder_options: dict[str, Any]) -> Self:
        """A copy with more options of the builder's."""
        return self._update_attribute("builder_options", builder_options)

    def force_push(self) -> Self:
        """A copy that is built even if it exists."""
        from copy import deepcopy

        copied = deepcopy(self)
        copied._is_force_push = True
        return copied

    @classmethod
    def from_env(cls, *, pinned_packages: list[str] | None = None, **kwargs: Any) -> ImageSpec:
        """A specification with this interpreter's version, and the installed versions of some packages.

        Raises:
            ValueError: `python_version` is given.
            importlib.metadata.PackageNotFoundError: a package is not installed.
        """
        if kwargs.get("python_version") is not None:
            raise ValueError(
                "python_version can not be used with `from_env` because it will be inferred from the environment"
            )
        from importlib.metadata import version
        from sys import version_info

        packages = kwargs.pop("packages", [])
        packages += [f"{package}=={version(package)}" for package in pinned_packages or ()]
        kwargs["python_version"] = f"{version_info.major}.{version_info.minor}"
        return ImageSpec(packages=packages, **kwargs)

    def _update_attribute(self, attr_name: str, values: Any) -> Self:
        """A copy with more in one of its fields.

        Raises:
            TypeError: what is there is of another type.
        """
        from copy import deepcopy

        now = deepcopy(getattr(self, attr_name))
        if now is None:
            now = {} if isinstance(values, dict) else []
        if isinstance(values, str):
            if not isinstance(now, list):
                raise TypeError(f"Cannot append string to non-list attribute {attr_name}")
            now.append(values)
        elif isinstance(values, list):
            if not isinstance(now, list):
                raise TypeError(f"Cannot extend non-list attribute {attr_name}")
            now.extend(values)
        elif isinstance(values, dict):
            if not isinstance(now, dict):
                raise TypeError(f"Cannot update non-dict attribute {attr_name}")
            now.update(values)
        return self._replaced(**{attr_name: now})


class ImageSpecBuilder:
    """Base of what builds images, for plugins to derive from. Nothing is built in a task's container."""

    def build_image(self, image_spec: ImageSpec) -> str | None:
        """Build an image; for subclasses."""
        raise NotImplementedError("This method is not implemented in the base class.")

    def should_build(self, image_spec: ImageSpec) -> bool:
        """Whether it has to be built. Raises NotCovered."""
        raise _not_covered("flytekit.image_spec.image_spec.ImageSpecBuilder.should_build")


class ImageBuildEngine:
    """The builders that are registered, by name, with their priorities."""

    # flytekit's own, of which only the priorities matter here.
    _REGISTRY: ClassVar[dict[str, tuple[Any, int]]] = {
        "default": (ImageSpecBuilder(), 1),
        "noop": (ImageSpecBuilder(), 0),
    }
    _IMAGE_NAME_TO_REAL_NAME: ClassVar[dict[str, str]] = {}

    @classmethod
    def register(cls, builder_type: str, image_spec_builder: ImageSpecBuilder, priority: int = 5) -> None:
        """Let a builder be known by a name; the one of the highest priority is used by default."""
        cls._REGISTRY[builder_type] = (image_spec_builder, priority)

    @classmethod
    def get_registry(cls) -> dict[str, tuple[Any, int]]:
        """Name -> builder and priority."""
        return cls._REGISTRY

    @classmethod
    def build(cls, image_spec: ImageSpec) -> None:  # noqa: ARG003 there is nothing to build
        """Build an image: in a task's container, nothing happens.

        Raises:
            NotCovered: anywhere else.
        """
        if not executes_task():
            raise _not_covered("flytekit.image_spec.image_spec.ImageBuildEngine.build")


def _not_covered(name: str, reason: str = "images are built where tasks are registered") -> BaseException:
    from wingbeat.exceptions import NotCovered

    return NotCovered(name, reason)


def _switched_on(variable: str) -> bool:
    return os.environ.get(variable, "false").lower() not in ("false", "0", "off", "no")


def _is_local_registry_on_arm(registry: str | None) -> bool:
    if not registry or not registry.startswith("localhost:"):
        return False
    from platform import machine

    return machine().lower() in ("arm64", "aarch64")


def validate_container_registry_name(name: str) -> bool:
    """Whether a registry may be called so."""
    import re

    return bool(re.match(r"^(localhost:\d{1,5}|([a-z\d\._-]+)(:\d{1,5})?)(/[\w\.-]+)*$", name))


def _is_pair_of_texts(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(one, str) for one in value)


def _plain(value: Any) -> Any:
    """What `dataclasses.asdict` makes of a specification for its id: what is set, and matters to the image."""
    if isinstance(value, ImageSpec):
        fields = {name: _plain(getattr(value, name)) for name in value.__match_args__}
        return {name: one for name, one in fields.items() if one is not None and name not in _NOT_OF_THE_ID}
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(one) for one in value)
    if isinstance(value, dict):
        return {_plain(key): _plain(one) for key, one in value.items()}
    return value


def _digest(text: str) -> str:
    """MD5 in base64 for URLs, without padding."""
    from binascii import b2a_base64

    try:
        from _md5 import md5  # type: ignore[import-not-found] # without loading OpenSSL
    except ImportError:
        from hashlib import md5
    digest = b2a_base64(md5(text.encode(), usedforsecurity=False).digest(), newline=False)
    return digest.translate(bytes.maketrans(b"+/", b"-_")).rstrip(b"=").decode()
