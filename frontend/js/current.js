// A picture wider than the screen starts where today is.
function startToday() {
  for (const picture of document.querySelectorAll("[data-today]")) {
    const [today, width] = picture.dataset.today.split("/").map(Number);
    const ahead = picture.clientWidth * 0.7; // What came before is what it is read for.
    picture.scrollLeft = (today / width) * picture.scrollWidth - ahead;
  }
}

// So does a row of tabs: where one is, not at its beginning.
export function startCurrent() {
  startToday();
  for (const current of document.querySelectorAll("nav [aria-current=page]")) {
    const row = current.closest("ul");
    if (row.scrollWidth > row.clientWidth) {
      const middle = current.offsetLeft + current.offsetWidth / 2;
      row.scrollLeft = middle - row.offsetLeft - row.clientWidth / 2;
    }
  }
}
