"""What a store offers its buyers beside what they came for."""
