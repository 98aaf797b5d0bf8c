"""The stages, in the order in which data flows. Each folder holds a thin `asset.py` and pure modules."""
