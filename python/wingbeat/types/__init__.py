"""The type system: hints are described as schemas, and compiled schemas convert literals."""
