"""Migrations: how the database came to be what it is. Alembic is imported only when there is something to do."""
