"""Areas of units from a file of boundaries to small outlines for the portal's own map."""
