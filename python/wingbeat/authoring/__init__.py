"""What decorators make of functions."""
