"""Channels that may come later, without their gateways. Each has the peculiarity of its kind; none has settings."""

from cases.channels import AddressRefused, Message, Reachable, TryLater

from .far_side import FarSide


def in_parts(words: str, length: int) -> list[str]:
    return [words[start : start + length] for start in range(0, len(words), length)]


class ToNumber:
    """What the fakes share: an address that is a number, no subject, parts of a greatest length."""

    name = ""
    length = 0
    causes = {"gateway_timeout": "Gerbang tidak menjawab", "unknown_number": "Nomor tidak dikenal"}

    def __init__(self, far: FarSide) -> None:
        self.far = far

    def address(self, person: Reachable) -> str:
        return person.phone

    def send(self, message: Message) -> None:
        if self.far.is_away():
            raise TryLater("gateway_timeout", 504)
        if message.to in self.far.nobody_at:
            raise AddressRefused("unknown_number", 404)
        self.far.take(message.key, message.to, "", *in_parts(message.body, self.length))
        if self.far.is_silent():
            raise TryLater("gateway_timeout")


class WhatsApp(ToNumber):
    """Not every number has it: then it refuses for good, and the next channel is asked."""

    name = "whatsapp"
    length = 4096


class Sms(ToNumber):
    """160 letters a part; a gateway without keys of its own, so a repetition is recognised here."""

    name = "sms"
    length = 160

    def __init__(self, far: FarSide) -> None:
        super().__init__(far)
        self.handed_over: set[str] = set()

    def send(self, message: Message) -> None:
        if message.key not in self.handed_over:
            try:
                super().send(message)
            finally:
                self.handed_over |= {key for key, *_rest in self.far.taken}


class Telephone(ToNumber):
    """An exchange that reads aloud, sentence by sentence. Its driver knows only Python's own time-outs."""

    name = "telephone"
    length = 80

    def send(self, message: Message) -> None:
        try:
            super().send(message)
        except TryLater as fault:
            raise TimeoutError(f"{message.to} did not pick up") from fault


class Telegram(ToNumber):
    """Writes only to who has written first: the address is a chat that was begun, found by the number shared there."""

    name = "telegram"
    length = 4096

    def __init__(self, far: FarSide, chats: dict[str, str]) -> None:
        super().__init__(far)
        self.chats = chats

    def address(self, person: Reachable) -> str:
        return self.chats.get(person.phone, "")
