"""A Telegram on this machine: the Bot API on loopback, people to talk to the bot, and a chat page.

For trying out and for tests. It stands in for Telegram and never for the bot: it imports nothing of ours,
needs no account, and reaches nothing beyond this machine. `sandbox.server.Sandbox` starts one,
`sandbox.phone.Telegram` drives its people, `python -m sandbox` runs one by itself.
"""
