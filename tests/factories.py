"""Rows that tests of several apps need, as plain functions. Append; keep it small."""
