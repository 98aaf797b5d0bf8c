"""What the stages use: records, LLMs, MCP sessions, worlds, the agent runtime, formats, store, trainer.

Nothing in here imports Dagster but `dagster.py`, nor a stage of `nex_assets`.
"""
