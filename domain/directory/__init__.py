"""One tenant's organisations and people, their seats and ties."""
