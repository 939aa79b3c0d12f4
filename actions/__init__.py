"""WHAT A PERSON OR THE CLOCK CAN DO. One function is one transaction."""
