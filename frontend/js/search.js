// The top search: `/` goes to it from anywhere; choosing a suggestion opens the record.
import { combobox } from "./combobox.js";

const isTyping = (element) =>
  element.isContentEditable ||
  /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

export function startSearch() {
  const input = document.getElementById("find");
  if (!input) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (isTyping(event.target)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  const url = input.form.dataset.suggest;
  if (!url) return;
  combobox(input, {
    url,
    onChoose: (option) => {
      if (option.dataset.url) window.location.assign(option.dataset.url);
    },
  });
}
