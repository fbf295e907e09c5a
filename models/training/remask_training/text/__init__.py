"""The frozen sentence encoder whose token states condition the transformers."""
