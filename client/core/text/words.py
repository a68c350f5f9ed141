"""The words that all features share, in every language."""

from client.core.text import Language, Words
from client.core.text.en import EN
from client.core.text.vi import VI

CORE_WORDS: Words = {Language.VI: VI, Language.EN: EN}
