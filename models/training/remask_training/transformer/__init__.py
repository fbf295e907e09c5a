"""The masked transformers: base and super-resolution."""
