"""flytekit's side of test_records.py."""

# ruff: noqa: F401, F403 the cases use them

import dataclasses
import datetime
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import evaluation
import flytekit
from flytekit import *
from flytekit.constants import CopyFileDetection
from flytekit.core.resources import (
    ResourceSpec,
    construct_extended_resources,
    convert_resources_to_resource_model,
    pod_spec_from_resources,
)
from flytekit.core.schedule import OnSchedule
from flytekit.extras import accelerators
from flytekit.image_spec.image_spec import ImageBuildEngine, ImageSpecBuilder

evaluation.answer({**vars(flytekit), **globals()})
