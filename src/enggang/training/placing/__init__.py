"""Who gets the seats when there are more people than seats: plain values in, plain values out, no database."""
