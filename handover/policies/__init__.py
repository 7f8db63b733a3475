"""Legal, organisational and code-of-practice texts: their versions, the services they apply to, and who has acknowledged them."""
