"""What the commands do. Each prints what it did; the last line is what scripts read."""
