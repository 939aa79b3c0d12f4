"""The steps from one schema to the next. Expand first, contract a release later."""
