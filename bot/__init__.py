"""How it runs: channels, the worker, sending, planning, the web and the command line."""
