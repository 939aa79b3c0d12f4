"""SQL, encryption and migrations, and nothing else.

Store functions take the caller's session and never commit: the transaction belongs to
the action.
"""
