// A text box with a list of suggestions below it, after the ARIA combobox pattern.
// The list is HTML from the server: <li role="option" data-value data-url data-label>.

const WAIT = 180;
let made = 0;

export function combobox(input, { url, min = 2, onChoose, onType = () => {} }) {
  made += 1;
  const list = document.createElement("ul");
  list.className = "al-options";
  list.id = `options-${made}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const said = document.createElement("span");
  said.className = "govuk-visually-hidden";
  said.setAttribute("role", "status");
  input.after(list, said);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  let timer = 0;
  let asked = 0;
  let active = -1;
  const options = () => [...list.querySelectorAll('[role="option"]')];

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    const all = options();
    active = all.length ? (next + all.length) % all.length : -1;
    all.forEach((option, n) =>
      option.setAttribute("aria-selected", String(n === active)),
    );
    if (active < 0) return;
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  };
  // Close, and open for no answer still on its way.
  const forget = () => {
    clearTimeout(timer);
    asked += 1;
    close();
  };
  const choose = (option) => {
    onChoose(option);
    forget();
  };
  const open = (html) => {
    list.innerHTML = html;
    const all = options();
    all.forEach((option, n) => {
      option.id = `${list.id}-${n}`;
      option.setAttribute("aria-selected", "false");
    });
    if (!all.length) {
      const none = document.createElement("li");
      none.className = "al-options__none";
      none.setAttribute("role", "presentation");
      none.textContent = "Nothing found. Try part of a name.";
      list.replaceChildren(none);
    }
    said.textContent = all.length
      ? `${all.length} found. Use the down arrow.`
      : "Nothing found.";
    list.hidden = false;
    active = -1;
    input.setAttribute("aria-expanded", String(all.length > 0));
    input.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const words = input.value.trim();
    if (words.length < min) return close();
    asked += 1;
    const mine = asked;
    const join = url.includes("?") ? "&" : "?";
    try {
      const answer = await fetch(
        `${url}${join}q=${encodeURIComponent(words)}`,
        {
          headers: { Accept: "text/html", "X-Requested-With": "fetch" },
        },
      );
      if (!answer.ok || mine !== asked || document.activeElement !== input)
        return;
      open(await answer.text());
    } catch {
      close(); // The form still works by submitting what was typed.
    }
  };

  input.addEventListener("input", () => {
    onType();
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      if (list.hidden) ask();
      else mark(active + 1);
    } else if (event.key === "ArrowUp" && !list.hidden) {
      event.preventDefault();
      mark(active < 0 ? -1 : active - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (event.key === "Escape") {
      if (!list.hidden) event.preventDefault();
      forget();
    } else if (event.key === "Tab") {
      forget();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 120));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) choose(option);
  });
}
