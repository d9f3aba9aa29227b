"""How dates are shown, where Django's own way for a language is not ours."""
