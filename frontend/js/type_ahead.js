// A form's type-ahead box: keeps the chosen value in a hidden field, and forgets it when the words change.
import { combobox } from "./combobox.js";

export function startTypeAheads() {
  for (const box of document.querySelectorAll("[data-type-ahead]")) {
    const input = box.querySelector("input[type=text]");
    if (!box.dataset.typeAhead || !input) continue;
    const name = input.name.replace(/-words$/, "");
    const hidden = () => {
      let field = box.querySelector("input[type=hidden]");
      if (!field) {
        // The choose step was showing: typing again takes its place.
        document
          .querySelector(`[data-matches="${CSS.escape(name)}"]`)
          ?.remove();
        field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        box.append(field);
      }
      return field;
    };
    combobox(input, {
      url: box.dataset.typeAhead,
      min: Number(box.dataset.min || 2),
      onType: () => {
        hidden().value = "";
      },
      onChoose: (option) => {
        hidden().value = option.dataset.value;
        input.value = option.dataset.label || option.textContent.trim();
        input.dispatchEvent(new Event("change", { bubbles: true }));
      },
    });
  }
}
