"""Settings, images and storage options, made by the same calls on both sides."""
# mypy: ignore-errors

import os
import pathlib
import tempfile

INI = """[images]
other=r/other:v2
bare=r/bare

[aws]
endpoint=http://here
backoff_seconds=7
enable_debug=true
retries=7

[azure]
storage_account_name=me

[secrets]
env_prefix=P_
host=stats
port=99

[local]
cache_enabled=no
"""
YAML = """storage:
  connection:
    endpoint: http://there
    access-key: k
    addressing-style: path
images:
  y: r/y:v1
"""


def attempt(call):
    """What a call returns, or how it fails."""
    try:
        result = call()
    except (ValueError, AssertionError, KeyError, TypeError) as error:
        return [type(error).__name__, str(error)]
    return repr(result)


def settings(find):
    """`SerializationSettings` and what is made of them."""
    Settings = find("flytekit.configuration", "SerializationSettings")
    Fast = find("flytekit.configuration", "FastSerializationSettings")
    Images = find("flytekit.configuration", "ImageConfig")
    Spec = find("flytekit.core.resources", "ResourceSpec")
    Resources = find("flytekit", "Resources")
    images = Images.from_images("r/i:v1", {"other": "r/other@sha256:00"})
    plain = Settings(images)
    full = Settings(
        image_config=images,
        project="p",
        domain="d",
        version="v",
        env={"A": "1"},
        default_resources=Spec(requests=Resources(cpu="1"), limits=Resources(mem="2Gi")),
        git_repo="g",
        python_interpreter="/a/bin/python",
        fast_serialization_settings=Fast(enabled=True, destination_dir=".", distribution_location="s3://b/c"),
        source_root="/s",
    )
    sent = full.serialized_context
    again = Settings.from_transport(sent)
    built = plain.new_builder().with_fast_serialization_settings(Fast(enabled=True)).build()
    answers = [plain, built, again, Settings.for_image("r/i:v1", "v", "p", "d"), full.with_serialized_context()]
    return {
        "shown": [repr(one) for one in answers],
        "json": [one.to_json() for one in (plain, full)],
        "dict": [one.to_dict() for one in (plain, full)],
        "sent": sent,
        "same": [again == full, again.with_serialized_context().env == full.with_serialized_context().env],
        "fast": [plain.should_fast_serialize(), full.should_fast_serialize(), built.should_fast_serialize()],
        "entrypoint": [repr(plain.entrypoint_settings), full.entrypoint_settings.path, full.flytekit_virtualenv_root],
        "default": repr(Settings.default_entrypoint_settings("/x/bin/python")),
    }


def images(find, folder):
    """`Image` and `ImageConfig`."""
    Image = find("flytekit.configuration", "Image")
    Images = find("flytekit.configuration", "ImageConfig")
    Default = find("flytekit.configuration.default_images", "DefaultImages")
    look_up = Image.look_up_image_info
    names = ["r/i:v1", "r:5000/i", "r:5000/i:v1", "r/i@sha256:00", "r/i:v1@sha256:00", "r/i"]
    one, two = Image("one", "r/one", "v1"), Image(name="two", fqn="r/two", digest="sha256:00")
    config = Images.create_from(one, [two])
    ini, yaml = str(folder / "config.ini"), str(folder / "config.yaml")
    return {
        "looked up": [attempt(lambda name=name: look_up("n", name)) for name in names],
        "without tag": [attempt(lambda name=name: look_up("n", name, True)) for name in names],
        "both": attempt(lambda: Image("n", "f", "t", "d")),
        "full": [one.full, two.full, one.version, two.version, Image("n", "f").full],
        "shown": [repr(config), repr(Images()), config.to_json(), repr(Images.from_json(config.to_json()))],
        "equal": [
            Images.from_json(config.to_json()) == config,
            one == Image("one", "r/one", "v1"),
            hash(one) == hash(two),
        ],
        "found": [repr(config.find_image(name)) for name in ("one", "two", "three")],
        "no image": attempt(lambda: Images.create_from("r/i")),
        "given": [
            attempt(lambda: Images.validate_image(None, "image", ("r/i:v1", "a=r/a:v1"))),
            attempt(lambda: Images.validate_image(None, "image", ("r/i:v1", "r/j:v1"))),
            attempt(lambda: Images.validate_image(None, "image", ("r/i",))),
        ],
        "files": [attempt(lambda: Images.auto(ini, "r/i:v1")), attempt(lambda: Images.auto(yaml))],
        "default": [Default.default_image(), Default.find_image_for()],
    }


def stores(find, folder):
    """The records of settings, of the environment and of files, and what becomes of them."""
    names = ["S3Config", "GCSConfig", "AzureBlobStorageConfig", "GenericPersistenceConfig", "DataConfig"]
    names += ["SecretsConfig", "StatsConfig", "LocalConfig"]
    classes = {name: find("flytekit.configuration", name) for name in names}
    options = find("flytekit.core.data_persistence", "get_fsspec_storage_options")
    more = find("flytekit.core.data_persistence", "get_additional_fsspec_call_kwargs")
    found = classes["DataConfig"](
        s3=classes["S3Config"](endpoint="e", access_key_id="k", secret_access_key="s", adressing_style="path"),
        azure=classes["AzureBlobStorageConfig"](account_name="a", tenant_id="t"),
    )
    protocols = ("file", "s3", "gs", "abfs", "abfss", "ftp")
    return {
        "defaults": [repr(cls()) for cls in classes.values()],
        "environment": [attempt(cls.auto) for cls in classes.values()],
        "ini": [attempt(lambda cls=cls: cls.auto(str(folder / "config.ini"))) for cls in classes.values()],
        "yaml": [attempt(lambda cls=cls: cls.auto(str(folder / "config.yaml"))) for cls in classes.values()],
        "options": [options(one, found, x=1) for one in protocols],
        "anonymous": [options(one, found, anonymous=True) for one in protocols],
        "of the environment": [options(one) for one in protocols],
        "calls": [
            more("s3", "_put"),
            more("gs", "put"),
            more(("s3", "s3a"), "put"),
            more("s3", "get"),
            more("file", "put"),
        ],
    }


def report(find):
    """All of it, under settings of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.joinpath("config.ini").write_text(INI, "utf-8")
        folder.joinpath("config.yaml").write_text(YAML, "utf-8")
        own = {
            "HOME": name,
            "FLYTE_AWS_ACCESS_KEY_ID": "from the environment",
            "FLYTE_PERSISTENCE_ATTACH_EXECUTION_METADATA": "off",
            "FLYTE_SECRETS_DISABLED": "1",
            "FLYTE_INTERNAL_IMAGE": "r/own:v1",
        }
        before = dict(os.environ)
        os.environ.update(own)
        try:
            return {"settings": settings(find), "images": images(find, folder), "stores": stores(find, folder)}
        finally:
            os.environ.clear()
            os.environ.update(before)
