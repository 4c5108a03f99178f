"""One stage of task admission a file; `parameters` names the dated values they read."""
