from domain.made_up.commands.asking import AskToMend, Begin, HandIn, Mend, Withdraw
from domain.made_up.commands.weighing import Grant, Hear, LapseMending, Speak, Tell

from domain.kernel.messages import Vocabulary

MadeUpCommand = Begin | HandIn | AskToMend | Mend | LapseMending | Hear | Speak | Tell | Grant | Withdraw
COMMANDS = Vocabulary[MadeUpCommand](Begin, HandIn, AskToMend, Mend, LapseMending, Hear, Speak, Tell, Grant, Withdraw)
