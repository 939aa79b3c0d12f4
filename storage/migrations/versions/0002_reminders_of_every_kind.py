"""Reminders of every kind, and several processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_table(
        "chat_pause",
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_chat_pause")),
    )
    op.create_table(
        "send_budget",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pauses", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_send_budget")),
    )
    op.create_table(
        "worker",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seen_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )
    with op.batch_alter_table("entry") as batch_op:
        batch_op.add_column(sa.Column("zone", sa.String(length=64), nullable=True))

    with op.batch_alter_table("inbox") as batch_op:
        batch_op.add_column(sa.Column("owner_id", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("occurrence") as batch_op:
        batch_op.add_column(
            sa.Column("is_nudge", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("urgency", sa.BigInteger(), server_default="1", nullable=False)
        )
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told_by", sa.BigInteger(), nullable=True))
        batch_op.create_index(
            "ix_occurrence_state_urgency_due_at", ["state", "urgency", "due_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_occurrence_told_by"), ["told_by"], unique=False)

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("reminder_zone", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("quiet_from", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("quiet_until", sa.Time(), nullable=True))
        batch_op.add_column(
            sa.Column("spread", sa.BigInteger(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("proposals", sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    with op.batch_alter_table("reminder") as batch_op:
        batch_op.add_column(
            sa.Column("pattern", sa.String(length=24), server_default="weekdays", nullable=False)
        )
        batch_op.add_column(sa.Column("number", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("anchor", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("moment", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("sealed_before", sa.LargeBinary(), nullable=True))
        batch_op.add_column(
            sa.Column("nudges", sa.BigInteger(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("draft", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("import_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("announcement_id", sa.BigInteger(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_reminder_announcement_id"), ["announcement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reminder_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_removed_at"), ["removed_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_reminder_import_id"),
            "import_batch",
            ["import_id"],
            ["id"],
            ondelete="SET NULL",
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_reminder_announcement_id"),
            "announcement",
            ["announcement_id"],
            ["id"],
            ondelete="CASCADE",
        )

    with op.batch_alter_table("reminder_slot") as batch_op:
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
