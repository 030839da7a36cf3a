"""What is measured: weekly series, cohorts and their metrics, spells. Reads the model, never changes it."""
