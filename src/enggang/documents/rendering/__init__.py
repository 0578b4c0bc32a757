"""Drawing official paper: plain data in, frozen bytes out. Nothing here reads the database or the clock."""
