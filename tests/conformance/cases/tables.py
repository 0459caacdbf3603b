from tests.conformance.case import Case, of


def following(before: str, **takes: str) -> Case:
    return Case(after=before, takes=takes)


CASES = of(
    "tables",
    {
        **dict.fromkeys(
            [
                "people",
                "with_columns",
                "dataset",
                "dataset_with_columns",
                "csv_dataset",
                "arrow",
                "polars",
                "hashed",
                "schema",
                "schema_of_frame",
                "report",
                "frames",
                "empty_frame",
                "odd_columns",
                "not_a_frame",
                "rows",
            ],
            "n=3",
        ),
        "mean_age": following("people", frame="o0"),
        "mean_age (a frame that flytekit made)": "frame=pd.DataFrame({'age': [1, 2, 6]})",
        "older": following("people", frame="o0"),
        "some_columns": following("people", frame="o0"),
        "open_dataset": following("dataset", data="o0"),
        "open_dataset (of a frame)": following("people", data="o0"),
        "open_as_arrow": following("people", data="o0"),
        "open_part": following("people", data="o0"),
        "read_csv_dataset": following("csv_dataset", data="o0"),
        "arrow_rows": following("arrow", table="o0"),
        "pandas_of_arrow": following("arrow", frame="o0"),
        "polars_rows": following("polars", frame="o0"),
        "polars_rows (of pandas)": following("people", frame="o0"),
        "read_schema": following("schema", data="o0"),
        "read_schema (of a frame)": following("people", data="o0"),
        "frame_of_schema": following("schema", data="o0"),
        "read_report": following("report", value="o0"),
        "split": following("people", frame="o0"),
        "older (the second half)": following("split", frame="o1"),
        "joined": following("frames", frames="o0"),
        "maybe_frame": Case(),
        "maybe_frame (given)": following("people", frame="o0"),
        "odd_frame": following("odd_columns", frame="o0"),
        "missing_column": following("people", frame="o0"),
        "count_rows": following("rows", data="o0"),
        "rows_of_dataset": following("rows", data="o0"),
        "to_csv": following("people", frame="o0"),
        "shown": following("people", frame="o0"),
    },
)
