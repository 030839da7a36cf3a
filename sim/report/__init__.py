"""What people look at: paired comparisons, the table, the figures, and the progress of a sweep."""
