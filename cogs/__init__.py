"""Discord's side: interactions become calls, answers become messages."""
