"""What a scan found, for people: a summary, a page, and the evidence behind every row."""
