"""What a store would have to show before it may sell; a store of your own has to show nothing."""
