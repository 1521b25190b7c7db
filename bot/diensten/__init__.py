"""Services outside the core, each a Protocol with a real one and a fake."""
