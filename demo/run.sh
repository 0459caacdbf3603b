#!/usr/bin/env bash
# One container command as Flyte would start it, on local files. Run by `make demo`, with the venv's scripts on PATH.
set -euo pipefail
exec 2>&1
cd "$(dirname "$0")"

out=../.demo
rm -rf "$out"
mkdir -p "$out"
export FLYTE_INTERNAL_EXECUTION_ID=demo-day-1 FLYTE_INTERNAL_EXECUTION_PROJECT=shop FLYTE_INTERNAL_EXECUTION_DOMAIN=development
export FLYTE_INTERNAL_TASK_NAME=shop.close_day FLYTE_ATTEMPT_NUMBER=0

echo "== inputs.pb, written by flytekit (demo/make_inputs.py)"
wingbeat show inputs.pb

echo
echo "== wingbeat-execute, with the flags that Flyte gives"
command=(
    wingbeat-execute
    --inputs inputs.pb
    --output-prefix "$out/data/0"
    --raw-output-data-prefix "$out/raw"
    --checkpoint-path "$out/raw/_flytecheckpoints"
    --prev-checkpoint '""'
    --resolver flytekit.core.python_auto_container.default_task_resolver
    -- task-module shop task-name close_day
)
echo "${command[*]}"
TIMEFORMAT='whole process: %R s'
time "${command[@]}"

echo
if [ -e "$out/data/0/error.pb" ]; then
    echo "== error.pb"
    wingbeat show "$out/data/0/error.pb"
    exit 1
fi
echo "== outputs.pb"
wingbeat show "$out/data/0/outputs.pb"
