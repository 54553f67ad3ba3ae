// Two minutes, or half of a shorter time, before a still page signs its reader out, ask; work in another tab counts.

const MOST = 120;

export function startIdle() {
  const limit = Number(document.body.dataset.idleSeconds || 0);
  const dialog = document.querySelector("[data-idle]");
  if (!dialog || limit <= 0) return;
  const warn = Math.min(MOST, limit / 2);
  const left = dialog.querySelector("[data-idle-left]");
  const form = dialog.querySelector("form");
  const tabs =
    "BroadcastChannel" in window
      ? new BroadcastChannel("alongside-here")
      : null;
  let ends = 0;
  let timer = 0;

  const restart = () => {
    ends = Date.now() + limit * 1000;
    if (dialog.open) dialog.close();
    clearTimeout(timer);
    timer = setTimeout(tick, (limit - warn) * 1000);
  };
  const tick = () => {
    const seconds = Math.round((ends - Date.now()) / 1000);
    if (seconds <= 0) {
      // The server has already forgotten us: show its sign-in page rather than a child's record.
      window.location.reload();
      return;
    }
    if (!dialog.open) dialog.showModal();
    left.textContent =
      seconds > 60
        ? "two minutes"
        : seconds > 30
          ? "one minute"
          : "a few seconds";
    timer = setTimeout(tick, 5000);
  };
  const here = async () => {
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
      });
      if (!answer.ok || answer.redirected)
        throw new Error(String(answer.status));
      tabs?.postMessage("here");
      restart();
    } catch {
      window.location.reload();
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    here();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    here();
  });
  tabs?.addEventListener("message", restart);
  tabs?.postMessage("here");
  // Saving a draft is work too: the server counts it, so this page does.
  document.addEventListener("draft:saved", restart);
  restart();
}
