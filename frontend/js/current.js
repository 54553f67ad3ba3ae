// A row of tabs wider than the screen starts where one is, not at its beginning.
export function startCurrent() {
  for (const current of document.querySelectorAll("nav [aria-current=page]")) {
    const row = current.closest("ul");
    if (row.scrollWidth > row.clientWidth) {
      const middle = current.offsetLeft + current.offsetWidth / 2;
      row.scrollLeft = middle - row.offsetLeft - row.clientWidth / 2;
    }
  }
}
