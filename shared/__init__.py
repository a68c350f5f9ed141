"""The contract between backend and client: Pydantic models and the standard library, nothing else."""
