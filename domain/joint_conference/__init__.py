"""The joint conference (联席会议) of one matter: called, quorate, decided, minuted, followed up."""
