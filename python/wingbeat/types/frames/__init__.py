"""The handlers of tables that come with wingbeat: pandas, pyarrow and polars (type-system spec 2.17)."""
