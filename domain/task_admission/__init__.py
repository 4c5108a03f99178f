"""Task admission (社区工作事项准入): one item enters the checklist of one community, or it does not."""
