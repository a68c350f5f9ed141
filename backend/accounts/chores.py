"""What time does to sign-ins."""

from sqlalchemy import delete
from sqlmodel import col

from backend.accounts.models import RefreshToken
from backend.core import clock
from backend.core.database import Database


def forget(database: Database) -> None:
    """Delete refresh tokens that have expired."""
    with database.transaction() as session:
        session.execute(delete(RefreshToken).where(col(RefreshToken.expires_at) < clock.now()))
