"""Words and questions as data, one thing a file, and the library that checks them whole.

questions, habits, routines, redflags, tiers, disclaimers and snippets hold what is asked and said,
each file with its structure and its English; locales the texts of screens and other languages;
points, sections and references what tips rest on. Nothing here knows a person, a store or a screen.
"""
