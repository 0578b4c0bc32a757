"""The activity report of a wave, reckoned from its rows: every section is one function of the same facts."""
