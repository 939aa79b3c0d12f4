"""What people make of tips, and why one was chosen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "snippet_opinion",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("snippet_id", sa.String(length=24), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_batch.id"],
            name=op.f("fk_snippet_opinion_import_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_snippet_opinion_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippet_opinion")),
        sa.UniqueConstraint(
            "person_id", "snippet_id", name=op.f("uq_snippet_opinion_person_id_snippet_id")
        ),
    )
    with op.batch_alter_table("snippet_opinion") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_snippet_opinion_import_id"), ["import_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_snippet_opinion_person_id"), ["person_id"], unique=False
        )

    with op.batch_alter_table("snippet_shown") as batch_op:
        batch_op.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
