// An open "More" list closes when one clicks beside it or presses Escape.
export function startMenu() {
  const close = (kept) => {
    for (const menu of document.querySelectorAll(".al-menu[open]")) {
      if (!kept || !menu.contains(kept)) menu.open = false;
    }
  };
  addEventListener("click", (event) => close(event.target));
  addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(".al-menu[open]");
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
