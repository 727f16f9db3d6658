"""Pages of open questions: what nobody has said, an office's answer with its source, and the second person's decision."""
