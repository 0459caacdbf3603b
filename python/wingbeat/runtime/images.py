"""The images that a task was registered with: `Image`, `ImageConfig` (authoring spec 4.9)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from wingbeat import configuration
from wingbeat.runtime.json_record import JsonRecord

if TYPE_CHECKING:
    from typing import Any

__all__ = ["DefaultImages", "Image", "ImageConfig", "PythonVersion"]

DEFAULT = "default"


@dataclass(frozen=True)
class Image(JsonRecord):
    """An image of a container, under the name by which tasks ask for it.

    Raises:
        ValueError: from the constructor, if it has both a tag and a digest.
    """

    name: str
    fqn: str
    tag: str | None = None
    digest: str | None = None

    def __post_init__(self) -> None:
        if self.tag is not None and self.digest is not None:
            raise ValueError(f"Cannot specify both tag and digest. Got tag={self.tag} and digest={self.digest}")

    @property
    def full(self) -> str:
        """What a container engine pulls."""
        return f"{self.fqn}@{self.digest}" if self.digest else f"{self.fqn}:{self.tag}"

    @property
    def version(self) -> str | None:
        """Its digest, else its tag."""
        return self.digest or self.tag

    @staticmethod
    def look_up_image_info(name: str, image_identifier: str, allow_no_tag_or_digest: bool = False) -> Image:
        """The image of this identifier.

        Raises:
            AssertionError: it has neither tag nor digest.
            NotCovered: it is a file that says how to build an image.
        """
        if os.path.isfile(image_identifier):
            from wingbeat.exceptions import NotCovered

            raise NotCovered("flytekit.configuration.Image.look_up_image_info", "the image would have to be built")
        fqn, tag, digest = parse(image_identifier)
        if tag is None and digest is None and not allow_no_tag_or_digest:
            raise AssertionError(f"Incorrectly formatted image {image_identifier}, missing tag or digest")
        return Image(name, fqn, tag, digest)


def parse(identifier: str) -> tuple[str, str | None, str | None]:
    """The name, the tag and the digest of an image's identifier."""
    name, at, digest = identifier.rpartition("@")
    if at:
        return name, None, digest
    name, colon, tag = identifier.rpartition(":")
    # A colon before a slash is that of the registry's port.
    return (name, tag, None) if colon and "/" not in tag else (identifier, None, None)


@dataclass(frozen=True)
class ImageConfig(JsonRecord):
    """The images that tasks may ask for; `default_image` is for those that do not."""

    default_image: Image | None = None
    images: list[Image] | None = None

    NESTED: ClassVar[dict[str, Any]] = {"default_image": Image, "images": Image}

    def find_image(self, name: str) -> Image | None:
        """The image of a name."""
        images = [*([self.default_image] if self.default_image else []), *(self.images or [])]
        return next((image for image in images if image.name == name), None)

    @staticmethod
    def validate_image(_: Any, param: str, values: tuple[str, ...]) -> ImageConfig:
        """The images of a command line: `name=identifier`, or the default one's identifier.

        Raises:
            ValueError: there are several default images.
        """
        default: Image | None = None
        others = []
        for value in values:
            name, equals, identifier = value.partition("=")
            image = Image.look_up_image_info(name, identifier) if equals else Image.look_up_image_info(DEFAULT, value)
            if image.name != DEFAULT:
                others.append(image)
                continue
            if default is not None:
                both = f"{default} & {image}"
                raise ValueError(f"Only one default image can be specified. Received multiple {both} for {param}")
            default = image
        if default is None:
            default = Image.look_up_image_info(DEFAULT, DefaultImages.default_image())
        return ImageConfig.create_from(default, others)

    @classmethod
    def create_from(cls, default_image: Image | None, other_images: list[Image] | None = None) -> ImageConfig:
        """All of these.

        Raises:
            ValueError: the default image is no `Image`.
        """
        if default_image and not isinstance(default_image, Image):
            raise ValueError(f"Default image should be of type Image or None not {type(default_image)}")
        return cls(default_image, [*([default_image] if default_image else []), *(other_images or [])])

    @classmethod
    def auto(cls, config_file: str | None = None, img_name: str | None = None) -> ImageConfig:
        """The images of the configuration file, and `img_name` as the default one."""
        default = Image.look_up_image_info(DEFAULT, img_name) if img_name else None
        return cls.create_from(default, named(configuration.images(config_file)))

    @classmethod
    def from_images(cls, default_image: str, m: dict[str, str] | None = None) -> ImageConfig:
        """These identifiers, the others by name."""
        default = Image.look_up_image_info(DEFAULT, default_image) if default_image else None
        return cls.create_from(default, named(m or {}))

    @classmethod
    def auto_default_image(cls) -> ImageConfig:
        """The images of the configuration file, and flytekit's own as the default one."""
        return cls.auto(img_name=DefaultImages.default_image())


def named(identifiers: dict[str, str]) -> list[Image]:
    """Images by name; they need no tag."""
    return [Image.look_up_image_info(name, one, allow_no_tag_or_digest=True) for name, one in identifiers.items()]


class PythonVersion(Enum):
    """The versions of Python for which flytekit has images."""

    PYTHON_3_8 = (3, 8)
    PYTHON_3_9 = (3, 9)
    PYTHON_3_10 = (3, 10)
    PYTHON_3_11 = (3, 11)
    PYTHON_3_12 = (3, 12)


class DefaultImages:
    """flytekit's own images, of which tasks are made that ask for none."""

    @classmethod
    def default_image(cls) -> str:
        """The one for this process."""
        return cls.find_image_for()

    @classmethod
    def find_image_for(cls, python_version: PythonVersion | None = None, flytekit_version: str | None = None) -> str:
        """What `FLYTE_INTERNAL_IMAGE` says, else the one for these versions, by default those of this process."""
        given = os.environ.get("FLYTE_INTERNAL_IMAGE")
        if given:
            return given
        import sys

        major, minor = sys.version_info[:2] if python_version is None else python_version.value
        suffix = flytekit_version.replace("v", "") if flytekit_version else cls.get_version_suffix()
        return f"cr.flyte.org/flyteorg/flytekit:py{major}.{minor}-{suffix}"

    @classmethod
    def get_version_suffix(cls) -> str:
        """The version of the flytekit that is installed, or `latest`."""
        from importlib import metadata

        try:
            version = metadata.version("flytekit")
        except metadata.PackageNotFoundError:
            return "latest"
        return "latest" if not version or "dev" in version else version
