"""What is installed where: flytekit's commands put onto wingbeat, and what slows or breaks an image."""
