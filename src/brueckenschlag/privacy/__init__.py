"""What people can ask for about their data: taking it along, erasing it, replacing names; and the terms of all data."""
