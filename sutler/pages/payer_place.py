"""Where the payer is, in stores that collect tax: asked on the checkout page, and written down before anybody pays."""

from dataclasses import replace

from sutler.checkout.checkouts.models import Address
from sutler.checkout.checkouts.queries import by_token
from sutler.checkout.checkouts.service import note_place
from sutler.checkout.tax_ids.service import checked, country_of
from sutler.checkout.tax_rates.service import in_eu
from sutler.checkout.taxes.service import states_that_tax
from sutler.kernel.data.shop import Shop
from sutler.pages.payer_form import PayerForm
from sutler.pages.payer_states import problem_with, state_of
from sutler.stores.stores.service import current

NO_COUNTRY = "Choose the country where you are: the tax depends on it."
OTHER_COUNTRY = "This VAT id belongs to another country than the one above."
UNKNOWN_ID = "This VAT id does not exist. Check it, or leave it empty to pay as a private person."


async def with_place(shop: Shop, token: str, form: PayerForm, *, always: bool = False) -> PayerForm:
    """The form, with what is wrong with its place and VAT id if the store collects tax; what is right is written down.

    The VAT id is looked up when it is new, or could not be looked up before. With `always`, the country is written down
    wherever the store is.
    """
    async with shop.reading() as store:
        seller, checkout = await current(store), await by_token(store, token)
        states = await states_that_tax(store, seller)
    known = checkout.billing_address or Address()
    if form.problems or seller.tax is None or not seller.tax.enabled:
        if always and form.country and not form.problems:
            async with shop.writing() as store:
                place, tax_id = Address(country=form.country), checkout.billing_tax_id or ""
                await note_place(store, token, place, tax_id, checkout.tax_id_check)
        return form
    country = form.country or known.country
    if not country:
        return replace(form, problems={"country": NO_COUNTRY})
    if problem := problem_with(states, country, form.state):
        return replace(form, problems={"state": problem})
    if form.tax_id and country_of(form.tax_id) not in (None, country):
        return replace(form, problems={"tax_id": OTHER_COUNTRY})
    check = checkout.tax_id_check if form.tax_id == (checkout.billing_tax_id or "") else None
    if form.tax_id and in_eu(country) and check in (None, "not_checked"):
        check = await checked(form.tax_id)
    if check == "invalid":
        return replace(form, problems={"tax_id": UNKNOWN_ID})
    async with shop.writing() as store:
        place = Address(country=country, state=state_of(states, country, form.state, known.state))
        await note_place(store, token, place, form.tax_id, check if form.tax_id else None)
    return form
