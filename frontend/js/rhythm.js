// A review date that was proposed and not touched follows the kind of plan that is chosen.
// <ul hidden data-rhythms="NAME" data-rhythm-of="KIND"> holds each kind's day and its words.

const PARTS = ["day", "month", "year"];

export function startRhythms() {
  for (const list of document.querySelectorAll("[data-rhythms]")) {
    const form = list.closest("form");
    const name = list.dataset.rhythms;
    const kind = list.dataset.rhythmOf;
    const boxes = PARTS.map((_, n) => form.elements[`${name}_${n}`]);
    const hint = document.getElementById(`id_${name}-hint`);
    const of = (value) =>
      [...list.children].find((one) => one.dataset.kind === value);
    let shown = of(form.elements[kind]?.value);
    form.addEventListener("change", (event) => {
      if (event.target.name !== kind) return;
      const next = of(event.target.value);
      if (next && shown && isStill(boxes, shown)) fill(boxes, next);
      if (next && hint) hint.textContent = next.textContent;
      shown = next ?? shown;
    });
  }
}

const isStill = (boxes, one) =>
  PARTS.every(
    (part, n) => Number(boxes[n].value) === Number(one.dataset[part]),
  );

function fill(boxes, one) {
  PARTS.forEach((part, n) => {
    boxes[n].value = one.dataset[part];
    boxes[n].dispatchEvent(new Event("input", { bubbles: true }));
  });
}
