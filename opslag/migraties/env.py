"""Alembic's entry: runs on the connection that ``opslag.migreren`` hands over."""

from alembic import context

from opslag.tabellen import metadata

sessie = context.config.attributes["sessie"]
context.configure(
    connection=sessie,
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
