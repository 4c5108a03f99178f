"""What the conference may do, one file a stage."""
