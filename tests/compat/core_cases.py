"""The small functions and classes of `flytekit.core` and its neighbours, called alike on both sides."""
# mypy: ignore-errors

import asyncio
import collections
import dataclasses
import logging
import os
import pathlib
import tempfile
import typing

try:
    from typing import Annotated
except ImportError:
    from typing_extensions import Annotated

NT = typing.NamedTuple("NT", [("x", int), ("y", str)])  # noqa: UP014


def plain(a: int, b: str = "x", c: typing.Optional[int] = None) -> str:
    """A function."""
    return f"{a}{b}{c}"


def several(a: int) -> typing.Tuple[int, str]:
    """Of several outputs."""
    return a, "x"


def named(a: int) -> NT:
    """Of named outputs."""
    return NT(a, "x")


def single(a: int) -> typing.Tuple[int]:
    """Of a tuple of one."""
    return (a,)


def untyped(a, b: int) -> int:
    """Without a type."""
    return b


def nothing(a: int):
    """Without outputs."""


def attempt(call, *arguments, **more):
    """What a call returns, or how it fails, up to an object's name."""
    try:
        return call(*arguments, **more)
    except (ValueError, TypeError, AssertionError, ImportError) as error:
        return [type(error).__name__, str(error).partition("<")[0]]
    except Exception as error:  # noqa: BLE001 # flytekit's own
        return [type(error).__name__, type(error).error_code]


def message(model):
    """A model as bytes."""
    return model.to_flyte_idl().SerializeToString(deterministic=True).hex()


def interfaces(find):
    """What `flytekit.core.interface` makes of functions and types."""
    home = "flytekit.core.interface"
    read, typed = find(home, "transform_function_to_interface"), find(home, "transform_interface_to_typed_interface")
    parameters = find(home, "transform_inputs_to_parameters")
    ctx = find("flytekit", "FlyteContextManager").current_context()
    functions = (plain, several, named, nothing)
    found = [read(function) for function in functions]
    variables = find(home, "transform_variable_map")
    lists, types = find(home, "transform_interface_to_list_interface"), find(home, "transform_types_to_list_of_type")
    of_lists = lists(found[0], {"a"}, {"b"}, True)
    returned = find(home, "extract_return_annotation")
    return {
        "read": [[repr(one.inputs_with_defaults), repr(dict(one.outputs)), one.output_tuple_name] for one in found],
        "refused": [attempt(read, single), attempt(read, untyped)],
        "untyped": repr(read(untyped, pickle_untyped=True).inputs),
        "typed": [message(typed(one)) for one in found] + [typed(None)],
        "parameters": [message(parameters(ctx, one)) for one in found] + [message(parameters(ctx, None))],
        "variables": {name: message(one) for name, one in variables({"a": int, "b": str}, {"a": "an a"}).items()},
        "lists": [repr(of_lists.inputs), repr(of_lists.outputs)],
        "types": [repr(types({"a": int, "b": str}, {"b"})), repr(types({"a": int}, {"a"})), repr(types(None, set()))],
        "returned": [repr(dict(returned(hint))) for hint in (None, type(None), int, NT, typing.Tuple[int, str])],
        "names": [find(home, "default_output_name")(3), list(find(home, "output_name_generator")(2))],
        "texts": [
            find(home, "repr_kv")("a", int),
            find(home, "repr_kv")("a", (int, 3)),
            find(home, "repr_type_signature")({"a": (int, None), "b": (str, "x")}),
        ],
        "shared": [
            find(home, "remap_shared_output_descriptions")({"r": "text"}, {"o0": int, "o1": int}),
            find(home, "remap_shared_output_descriptions")({}, {"o0": int}),
        ],
    }


def small(find, folder):
    """`flytekit.core.utils`, `.tracker`, lazy modules and the like."""
    home = "flytekit.core.utils"
    names = ["a", "A_b.C", "aB", "-x-", "x" * 70 + "Yz", "ünï", "a__b", "ABC", ""]
    text = find(home, "str2bool")
    lazy, imported = (find("flytekit.lazy_import.lazy_module", name) for name in ("lazy_module", "is_imported"))
    absent, present = lazy("there_is_no_such_module"), lazy("colorsys")
    folders = find(home, "AutoDeletingTempDir")
    with folders("p", str(folder)) as made:
        shown = [os.path.basename(made.name).startswith("p_"), os.path.isdir(made.name), os.listdir(folder) != []]
        pathlib.Path(made.get_named_tempfile("f")).write_text("x", "utf-8")
        shown.append([os.path.basename(one) for one in made.list_dir()])
    shown += [made.name, os.listdir(folder), str(made)]
    stay = find(home, "Directory")(str(folder))
    proto = find("flytekit.models.types", "LiteralType")(simple=1).to_flyte_idl()
    find(home, "write_proto_to_file")(proto, str(folder / "deep" / "f.pb"))
    again = find(home, "load_proto_from_file")(type(proto), str(folder / "deep" / "f.pb"))
    tracker = "flytekit.core.tracker"
    functions = (plain, lambda: 1, small, (lambda: lambda: folder)())
    return {
        "names": [find(home, "_dnsify")(name) for name in names],
        "bool": [text(one) for one in (None, "true", "T", "1", "yes", "0", "")],
        "return": [find(home, "has_return_statement")(function) for function in (plain, nothing)],
        "lazy": [attempt(lambda: absent.x), present.__name__, present.rgb_to_hsv(0, 0, 0), lazy("colorsys") is present],
        "imported": [imported("there_is_no_such_module"), imported("colorsys"), imported("os"), imported("imaplib")],
        "folders": [shown, stay.name == str(folder), [os.path.basename(one) for one in stay.list_dir()]],
        "proto": again == proto,
        "nested": [find(tracker, "isnested")(function) for function in functions],
        "wrapped": [find(tracker, "is_functools_wrapped_module_level")(function) for function in functions],
        "tests": [find(tracker, "istestfunction")(function) for function in functions[:3]],
    }


def others(find):
    """Loggers, coroutines, states, columns of tables."""
    logger = find("flytekit", "logger")
    users = find("flytekit.loggers", "user_space_logger")
    level = find("flytekit.loggers", "set_flytekit_log_properties")
    verbosity = find("flytekit.loggers", "get_level_from_cli_verbosity")
    handler = logging.NullHandler()
    before = [logger.name, logger.propagate, logger.level, users.name, users.propagate, users.level]
    kept, at = list(logger.handlers), logger.level
    level(handler, None, logging.ERROR)
    after = [logger.handlers == [handler], logger.level]
    logger.handlers[:] = kept
    logger.setLevel(at)

    async def twice(value, more=0):
        await asyncio.sleep(0)
        return value * 2 + more

    manager = find("flytekit.utils.asyn", "loop_manager")
    state = find("flytekit.core.context_manager", "CompilationState")("p", nodes=[1])
    state.add_node(2)
    branch = find("flytekit.core.context_manager", "BranchEvalMode")
    columns = find("flytekit.types.structured.structured_dataset", "extract_cols_and_format")
    flat = find("flytekit.types.structured.structured_dataset", "flatten_dict")
    inner = dataclasses.make_dataclass("Inner", [("z", int)])
    shows = find("flytekit.deck.renderer", "Renderable")
    pickle_type = find("flytekit.types.pickle.pickle", "FlytePickle")
    ctx = find("flytekit", "FlyteContextManager").current_context()
    uri = manager.run_sync(pickle_type.to_pickle, ctx, {"a": 1})
    return {
        "loggers": [before, after, [verbosity(count) for count in range(4)]],
        "coroutines": [manager.run_sync(twice, 2), manager.run_sync(twice, 2, more=1), manager.synced(twice)(3)],
        "states": [repr(state), repr(state.with_params("q")), repr(state.with_params("", 2, None, [3]))],
        "branches": [one.value for one in branch],
        "columns": [
            repr(columns(int)),
            repr(columns(Annotated[int, collections.OrderedDict(a=int), "csv"])),
            attempt(columns, Annotated[int, "csv", "parquet"])[0] != "",
        ],
        "flat": [flat({"a": 1, "b": {"c": 2, "d": {"e": 3}}}), list(flat({"i": inner(1)}))],
        "pickle": [manager.run_sync(pickle_type.from_pickle, uri), str(pickle_type.python_type())],
        "renderable": [isinstance(find("flytekit.deck", "MarkdownRenderer")(), shows), isinstance(1, shows)],
    }


def report(find):
    """All of it."""
    with tempfile.TemporaryDirectory() as name:
        return {"interfaces": interfaces(find), "small": small(find, pathlib.Path(name)), "others": others(find)}
