"""What payers say about clients' coverage: asked (270), read (271), compared, and said in words."""
