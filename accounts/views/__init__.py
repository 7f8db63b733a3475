"""The pages about people, teams and the ways in."""
