"""Where does it say so? Rules in plain words, dated figures, and what can be reckoned with them."""
