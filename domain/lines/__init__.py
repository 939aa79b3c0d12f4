"""Lines of text that say when: a small grammar of our own, its words given by a language's content.

`reading` is the door; the rest are its parts. Pure, and never a wrong guess: what is unclear is asked.
"""
