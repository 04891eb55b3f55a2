"""What a request passes through between the socket and a slice."""
