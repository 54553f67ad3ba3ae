// One press sends a form once: the second press of an impatient finger does nothing.

export function startGuard() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
  // Coming back with the back button finds the form open again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form
        .querySelectorAll("[aria-disabled]")
        .forEach((b) => b.removeAttribute("aria-disabled"));
    }
  });
}
