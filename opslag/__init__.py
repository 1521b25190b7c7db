"""What is kept: tables and the functions on them. Knows SQLAlchemy and the values of ``dialogen``."""
