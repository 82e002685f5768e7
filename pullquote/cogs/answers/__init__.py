"""The buttons under answers: each holds what it is for, and shows or does what whoever presses it may."""
