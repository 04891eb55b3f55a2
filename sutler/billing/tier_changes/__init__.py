"""Steps of ladders that customers subscribe to, and how they go up and down."""
