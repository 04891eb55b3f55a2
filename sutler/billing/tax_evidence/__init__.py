"""Where buyers were, order by order: what a tax office may ask for."""
