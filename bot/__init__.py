"""DOOR: Telegram."""
