"""Room that items make again in the stock of their product."""
