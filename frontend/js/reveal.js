// A choice that opens a further question.
// Our own, because GOV.UK's sets aria-expanded on radios, which ARIA does not allow.

export function startReveal() {
  for (const group of document.querySelectorAll(
    '[data-module="govuk-radios"], [data-module="govuk-checkboxes"]',
  )) {
    const inputs = [...group.querySelectorAll("input")];
    for (const input of inputs) {
      const opened = input.dataset.ariaControls;
      if (!opened || !document.getElementById(opened)) continue;
      input.setAttribute("aria-controls", opened);
    }
    group.addEventListener("change", () => sync(group));
    sync(group);
  }
  window.addEventListener("pageshow", () => {
    document.querySelectorAll('[data-module^="govuk-"]').forEach(sync);
  });
}

function sync(group) {
  for (const input of group.querySelectorAll("input[data-aria-controls]")) {
    const part = document.getElementById(input.dataset.ariaControls);
    const hidden = `${input.type === "radio" ? "govuk-radios" : "govuk-checkboxes"}__conditional--hidden`;
    part?.classList.toggle(hidden, !input.checked);
  }
}
