"""What plain Django and plain DRF cost for the same rows, in the product's own tables: the floor that Baton's figures stand on."""
