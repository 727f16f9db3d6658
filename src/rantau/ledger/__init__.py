"""The write path: append-only entries in chains, steps, checkpoints, queued jobs."""
