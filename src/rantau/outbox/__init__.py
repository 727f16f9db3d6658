"""What leaves Rantau: one handler a job kind, run by the task library's worker."""
