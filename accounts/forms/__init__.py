"""What people type on the pages about people and teams, cleaned."""
