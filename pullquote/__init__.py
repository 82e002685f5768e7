"""The program around the engine: settings, commands, Discord, the library of articles, evaluation."""
