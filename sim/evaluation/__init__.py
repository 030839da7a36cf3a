"""Evaluation: what a mechanism does in the model, and what an evaluator would measure of a policy."""
