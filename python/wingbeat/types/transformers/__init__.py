"""Transformers that wingbeat brings along."""
