"""What is said: typed conversations, without I/O, clock or framework."""
