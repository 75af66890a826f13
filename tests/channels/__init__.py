"""The contract of a channel, held by e-mail and by a fake of each channel that may come."""
