"""List management (清单管理): a list is proposed, reviewed, consulted on, approved, and looked at every year."""
