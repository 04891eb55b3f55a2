"""Paying with gift cards: what is on them counts after all discounts, card by card."""

from msgspec.structs import replace

from sutler.checkout.pricing.offers import GiftCardOffer, Offers
from sutler.checkout.pricing.results import PricedLine, Unused, Used
from sutler.kernel.money import formatted, spread_by

Lines = list[PricedLine]


def with_gift_cards(lines: Lines, offers: Offers, currency: str, unused: list[Unused]) -> Lines:
    """The lines with what gift cards pay of them, the cards one after the other in the order in which they were given."""
    left = usable(lines, offers)
    for card in offers.gift_cards:
        part = min(card.balance, left)
        left -= part
        if part:
            lines = _with_card(lines, card, part, currency)
        else:
            unused.append(Unused(card.id, card.code, _why_not(card, lines)))
    return lines


def usable(lines: Lines, offers: Offers) -> int:
    """How much of an order its gift cards pay. They leave nothing, or as much as can be paid in money."""
    owed = sum(payable(line) for line in lines)
    most = sum(payable(line) for line in lines if line.wanted.takes_gift_cards)
    pays = min(sum(card.balance for card in offers.gift_cards), most)
    rest = owed - pays
    return max(0, pays - (offers.smallest_payment - rest)) if 0 < rest < offers.smallest_payment else pays


def payable(line: PricedLine) -> int:
    """What is to be paid for a line so far."""
    return line.left + (0 if line.tax_inclusive else line.tax_amount)


def _with_card(lines: Lines, card: GiftCardOffer, part: int, currency: str) -> Lines:
    shares = spread_by(part, {line.key: payable(line) for line in lines if line.wanted.takes_gift_cards})
    return [_less(line, shares.get(line.key, 0), card, currency) for line in lines]


def _less(line: PricedLine, part: int, card: GiftCardOffer, currency: str) -> PricedLine:
    if not part:
        return line
    paid = replace(line, giftcard_usage_amount=line.giftcard_usage_amount + part, total_amount=line.total_amount - part)
    paid = replace(paid, gift_cards=(*line.gift_cards, Used(card.id, part)))
    text = f"The gift card {card.code} pays {formatted(part, currency)}, which leaves {formatted(payable(paid), currency)}."
    return paid.changed("gift_card", -part, text, card.id)


def _why_not(card: GiftCardOffer, lines: Lines) -> str:
    if not card.balance:
        return f"Nothing is left on the gift card {card.code}."
    if any(payable(line) for line in lines) and not any(payable(line) for line in lines if line.wanted.takes_gift_cards):
        return f"What is left to pay cannot be paid with the gift card {card.code}."
    return f"Nothing is left to pay with the gift card {card.code}."
