// <div data-passkey-failed hidden role="alert"> says what to do when the machine gave no passkey.

export function startPasskey() {
  const said = document.querySelector("[data-passkey-failed]");
  if (!said) return;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault(); // The page says it; the console need not.
    said.hidden = false;
    said.scrollIntoView({ block: "nearest" });
  });
}
