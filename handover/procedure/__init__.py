"""“How we hand over”: a team's procedure, generated from what is agreed, each colleague's own part in it, and who has read it."""
