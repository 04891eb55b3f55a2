"""What the lines of a subscription become."""
