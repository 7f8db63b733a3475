"""``script/bench``: what Baton costs, each figure beside its plain Django or DRF floor in the same run (docs/performance.md)."""
