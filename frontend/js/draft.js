// Autosave: what is typed in <form data-draft-key> goes to the server soon after typing stops.
// Nothing about a child is ever kept in the browser.

const WAIT = 2000;
const AGAIN = 15000;
const ASIDE = new Set(["csrfmiddlewaretoken", "draft_key"]);

export function startDrafts() {
  document.querySelectorAll("form[data-draft-key]").forEach(keepDraft);
}

// Name to list of values, without files and tokens.
function content(form) {
  const values = {};
  for (const [name, value] of new FormData(form)) {
    if (ASIDE.has(name) || typeof value !== "string") continue;
    (values[name] ??= []).push(value);
  }
  return JSON.stringify(values);
}

function keepDraft(form) {
  const state = document.querySelector("[data-draft-state]");
  const url = form.dataset.draftUrl || "/drafts/";
  let saved = content(form);
  let failed = false;
  let leaving = false;
  let timer = 0;
  let queue = Promise.resolve();

  const body = (text) => {
    const data = new FormData();
    data.set("key", form.dataset.draftKey);
    data.set("content", text);
    data.set(
      "csrfmiddlewaretoken",
      form.elements.csrfmiddlewaretoken?.value ?? "",
    );
    return data;
  };
  const say = (strong, rest, isFailure) => {
    if (!state) return;
    state.classList.toggle("al-draft--failed", isFailure);
    const bold = document.createElement("b");
    bold.textContent = strong;
    state.replaceChildren(bold, ` ${rest}`);
  };
  const fail = (rest) => {
    failed = true;
    say("Not saved yet.", rest, true);
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  };
  const send = async () => {
    const text = content(form);
    if (text === saved || leaving) return;
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: body(text),
        credentials: "same-origin",
      });
      if (answer.status === 401 || answer.status === 403 || answer.redirected) {
        fail(
          "You have been signed out. Keep this page open and sign in in another tab: we will try again.",
        );
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved_at: at } = await answer.json();
      saved = text;
      failed = false;
      say(`Draft saved ${at}.`, "You can leave and come back.", false);
      document.dispatchEvent(new CustomEvent("draft:saved"));
    } catch {
      fail("Keep this page open: your words are on it. We will try again.");
    }
  };
  const save = () => {
    clearTimeout(timer);
    queue = queue.then(send);
    return queue;
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };
  // The page is going: one last send that outlives it.
  const last = () => {
    const text = content(form);
    if (text === saved || leaving) return;
    if (navigator.sendBeacon?.(url, body(text))) saved = text;
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    leaving = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") last();
  });
  window.addEventListener("pagehide", last);
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (failed && !leaving && content(form) !== saved) event.preventDefault();
  });
}
