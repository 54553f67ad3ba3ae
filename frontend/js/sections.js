// The parts of a long form: one line on a phone, opened by a press; closed again by going to a part.
// As one fills in, the parts say which of them are done.

const PHONE = matchMedia("(max-width: 1100px)");

export function startSections() {
  const menu = document.querySelector(".al-secs > details");
  if (!menu) return;
  const fit = () => {
    menu.open = !PHONE.matches;
  };
  fit();
  PHONE.addEventListener("change", fit);
  menu.addEventListener("click", (event) => {
    if (PHONE.matches && event.target.closest("a")) menu.open = false;
  });
  tell(menu);
  document.addEventListener("change", () => tell(menu));
}

function tell(menu) {
  for (const line of menu.querySelectorAll("li[data-part]")) {
    const href = line.querySelector("a").getAttribute("href");
    const part = document.getElementById(href.slice(1));
    if (part) line.classList.toggle("al-secs__done", isFilled(part));
  }
  const lines = menu.querySelectorAll("li");
  const done = menu.querySelectorAll(".al-secs__done").length;
  menu.querySelector("[data-sections-done]").textContent =
    `${done} of ${lines.length} filled in`;
}

// The question of choice that it begins with is answered; of words, any of them.
function isFilled(part) {
  if (part.querySelector("input[type=radio]"))
    return Boolean(part.querySelector("input[type=radio]:checked"));
  return [...part.querySelectorAll("textarea, input[type=text]")].some(
    (box) => box.value.trim() !== "",
  );
}
