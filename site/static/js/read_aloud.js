// Reads a page aloud with the browser's own voice: every part marked data-aloud, in its order, a line at a time.
// The button shows only where there is an Indonesian voice; nothing is sent anywhere.
(() => {
  "use strict";
  const button = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (!button || !speech) return;

  const LONGEST = 160; // letters: some browsers fall silent within a long sentence
  const LINE = "p, li, dt, dd, th, td, h1, h2, h3, h4, b, .meta, figcaption";
  const UNREAD = "button, .button, summary, script, svg, [hidden], [aria-hidden='true']";
  const words = button.querySelector("span");
  const resting = words.textContent;
  let isReading = false;

  const voice = () => speech.getVoices().find((each) => /^(id|in)\b/i.test(each.lang.replace("_", "-")));
  const offer = () => { if (voice()) button.hidden = false; };
  offer();
  speech.addEventListener?.("voiceschanged", offer); // many browsers find their voices later

  // A telephone number is said digit by digit.
  const spelled = (text) => text.replace(/\+?\d[\d ]{4,}\d/g, (number) => number.replace(/ /g, "").split("").join(" "));

  const lines = () => {
    const found = [];
    for (const part of document.querySelectorAll("[data-aloud]")) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      let last = null;
      while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim().replace(/\s+/g, " ");
        const parent = walker.currentNode.parentElement;
        if (!text || parent.closest(UNREAD)) continue;
        const line = parent.closest(LINE) || part;
        if (line === last) found[found.length - 1] += ` ${text}`;
        else found.push(text);
        last = line;
      }
    }
    return found.map(spelled);
  };

  const pieces = (line) => line.match(new RegExp(`.{1,${LONGEST}}(?:[.,;:!?] |\\s|$)`, "g")) || [line];

  const stop = () => {
    isReading = false;
    speech.cancel();
    words.textContent = resting;
  };

  const start = () => {
    speech.cancel();
    isReading = true;
    words.textContent = button.dataset.stop;
    const queue = lines().flatMap(pieces);
    queue.forEach((piece, at) => {
      const said = new SpeechSynthesisUtterance(piece);
      said.lang = "id-ID";
      said.voice = voice();
      said.onerror = stop;
      if (at === queue.length - 1) said.onend = stop;
      speech.speak(said);
    });
  };

  button.addEventListener("click", () => (isReading ? stop() : start()));
  window.addEventListener("pagehide", () => speech.cancel());
})();
