"""What is seen of a process from outside: figures, traces, logs. Off unless the environment says where."""
