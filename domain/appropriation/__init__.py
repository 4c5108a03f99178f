"""The budget's money: one line of one payer, from its grant on."""
