"""One file per process: the rules on top, the loop that applies them below. Each is one submodel of the ODD."""
