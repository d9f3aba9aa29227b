"""The way back: what a file says, compared with what is stored."""
