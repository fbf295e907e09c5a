"""Captioned illustrated scenes with exact labels: the starter pack's training data."""
