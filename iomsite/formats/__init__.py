"""How dates are written where Django's own way is not the site's. Found by Django's settings."""
