"""Who people are: keys of their devices, accounts, organisations, areas, memberships, mandates of advisers."""
