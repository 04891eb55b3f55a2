/* Offers on the checkout page: shows them once more before paying, where the shop wants that, and sends along what was
   typed about the payer, so that it is still there afterwards. Without scripts the page does without both. */
(() => {
  "use strict";
  const payer = document.getElementById("payer");
  if (!payer) return;
  for (const form of document.querySelectorAll(".offers form")) {
    form.addEventListener("formdata", (event) => {
      for (const name of ["name", "email"]) event.formData.set(name, payer.elements[name].value);
    });
  }
  const dialog = document.getElementById("offers-again");
  if (!dialog) return;
  let way = null; // the button that was to pay
  let declined = false;
  payer.addEventListener("submit", (event) => {
    if (declined) return;
    event.preventDefault();
    way = event.submitter;
    dialog.showModal();
  });
  dialog.querySelector("[data-pay]").addEventListener("click", () => {
    declined = true;
    dialog.close();
    payer.requestSubmit(way);
  });
  dialog.addEventListener("keydown", (event) => event.stopPropagation()); // Escape closes the dialog, not the checkout
})();
