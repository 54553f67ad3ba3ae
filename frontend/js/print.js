// <button data-print hidden> is shown where there is script to print with.

// What is folded away on screen is printed all the same.
export function startPrint() {
  addEventListener("beforeprint", () => {
    for (const more of document.querySelectorAll(".al-more:not([open])")) {
      more.open = true;
      addEventListener("afterprint", () => (more.open = false), { once: true });
    }
  });
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
