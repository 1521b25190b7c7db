"""The channels: each parses and sends, and nothing else."""
