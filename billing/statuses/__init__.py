"""Where claims stand by the payer's own word: asked (276), read (277), told in the claim's history."""
