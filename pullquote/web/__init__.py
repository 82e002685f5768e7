"""The bot in the browser: a simulated Discord on this machine alone, by SimCord and its preview."""
