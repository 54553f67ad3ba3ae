// <button data-read="the words" hidden> is shown where the browser can speak, and reads its words aloud.
// A second press stops it. Nothing leaves the machine: the voice is the browser's own.

export function startReadAloud() {
  const voice = window.speechSynthesis;
  if (!voice || !window.SpeechSynthesisUtterance) return;
  let reading = null;

  function stop() {
    voice.cancel();
    if (reading) reading.setAttribute("aria-pressed", "false");
    reading = null;
  }

  for (const button of document.querySelectorAll("[data-read]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const isAgain = reading === button;
      stop();
      if (isAgain) return;
      const said = new SpeechSynthesisUtterance(button.dataset.read);
      said.lang = "en-GB";
      said.rate = 0.9;
      said.addEventListener("end", () => {
        if (reading === button) stop();
      });
      reading = button;
      button.setAttribute("aria-pressed", "true");
      voice.speak(said);
    });
  }
  addEventListener("pagehide", stop);
}
