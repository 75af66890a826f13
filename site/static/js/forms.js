// What makes a form kinder where scripts run; every form works without it.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const RELEASE_AFTER = 20000; // ms: a stopped page on a slow line can be sent again

  // A summary of what to mend is read first.
  const summary = document.querySelector(".error-summary");
  if (summary) summary.focus();

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // Sent once. data-resend on a form whose answer is a file to keep, since the page then stays.
  const resting = new Map(); // button -> what it showed
  const release = (form) => {
    delete form.dataset.sent;
    for (const button of form.elements) {
      if (!resting.has(button)) continue;
      button.disabled = false;
      button.replaceChildren(...resting.get(button));
      resting.delete(button);
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "resend" in form.dataset) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    const button = event.submitter || form.querySelector("button:not([type='button'])");
    // After this turn: a disabled button would not send its own name and value.
    setTimeout(() => {
      if (!button || event.defaultPrevented) return release(form);
      resting.set(button, [...button.childNodes]);
      button.textContent = words.sending;
      button.disabled = true;
      setTimeout(() => release(form), RELEASE_AFTER);
    });
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  // Letters left, shown from the first and said aloud only near the end.
  for (const text of document.querySelectorAll("textarea[maxlength]")) {
    const limit = text.maxLength;
    text.removeAttribute("maxlength"); // what is pasted is not cut in silence; the server still refuses it
    const shown = document.createElement("p");
    const spoken = document.createElement("p");
    shown.className = "counter";
    shown.setAttribute("aria-hidden", "true");
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    text.after(shown, spoken);
    let pause;
    const count = () => {
      const lines = text.value.split("\n").length - 1; // a line break travels as two characters
      const left = limit - text.value.length - lines;
      shown.textContent = (left < 0 ? words.over : words.left).replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
      shown.classList.toggle("over", left < 0);
      clearTimeout(pause);
      pause = setTimeout(() => { spoken.textContent = left < limit / 10 ? shown.textContent : ""; }, 1000);
    };
    text.addEventListener("input", count);
    count();
  }

  // Photos chosen, with names and sizes. data-largest: bytes a file may have; data-most: how many there may be.
  for (const input of document.querySelectorAll("input[type='file']")) {
    const list = document.createElement("ul");
    list.className = "previews";
    list.setAttribute("aria-live", "polite");
    input.after(list);
    input.addEventListener("change", () => {
      list.replaceChildren(...Array.from(input.files, (file) => {
        const row = document.createElement("li");
        if (file.type.startsWith("image/")) {
          const image = document.createElement("img");
          image.alt = "";
          image.onload = image.onerror = () => URL.revokeObjectURL(image.src);
          image.addEventListener("error", () => image.remove()); // HEIC opens in few browsers
          image.src = URL.createObjectURL(file);
          row.append(image);
        }
        const size = Math.max(0.1, file.size / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
        const name = document.createElement("span");
        name.textContent = `${file.name} · ${size} MB`;
        if (file.size > Number(input.dataset.largest || Infinity)) {
          name.className = "error";
          name.textContent += ` · ${words.large}`;
        }
        row.append(name);
        return row;
      }));
      if (input.files.length > Number(input.dataset.most || Infinity)) {
        const row = document.createElement("li");
        row.className = "error";
        row.textContent = words.many.replace("{n}", input.dataset.most);
        list.prepend(row);
      }
    });
  }

  // Villages of the chosen kecamatan only: data-within="ID of the kecamatan's select" on a select whose
  // optgroups bear the kecamatan's names. Without scripts the groups themselves are the guide.
  for (const villages of document.querySelectorAll("select[data-within]")) {
    const district = document.getElementById(villages.dataset.within);
    const groups = Array.from(villages.querySelectorAll("optgroup"));
    const narrow = () => {
      const name = district.value && district.selectedOptions[0].textContent.trim();
      const chosen = villages.value;
      groups.forEach((group) => group.remove());
      villages.append(...groups.filter((group) => !name || group.label === name));
      villages.value = chosen;
      if (villages.selectedIndex < 0) villages.selectedIndex = 0;
    };
    district.addEventListener("change", narrow);
    narrow();
  }

  // Questions that only some answers call for: data-when="NAME of a radio group", data-is="its values, spaced".
  // Without scripts they all stand there, and the hints say when they matter.
  for (const part of document.querySelectorAll("[data-when]")) {
    const options = Array.from(document.getElementsByName(part.dataset.when));
    const wanted = part.dataset.is.split(" ");
    const show = () => {
      const chosen = options.find((option) => option.checked);
      part.hidden = !chosen || !wanted.includes(chosen.value);
    };
    options.forEach((option) => option.addEventListener("change", show));
    show();
  }
})();
