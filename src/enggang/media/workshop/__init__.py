"""What reads and writes pictures of strangers: in child processes with limits, which know neither Django nor the database."""
