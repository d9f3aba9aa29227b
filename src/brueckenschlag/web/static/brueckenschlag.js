// Small comforts on top of pages that work without any script.
(() => {
  const form = document.getElementById("checkpoint");
  const status = document.getElementById("status-words");
  let running = 0, dirty = false, typed = false, leaving = false;

  const say = (kind, words) => {
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = words;
    status.replaceChildren(span);
  };
  const conflict = () => status.querySelector("[data-conflict]");
  const offerRetry = () => {
    say("bad", status.dataset.unsaved + " ");
    const again = document.createElement("button");
    again.className = "small";
    again.type = "button";
    again.textContent = status.dataset.again;
    again.addEventListener("click", () => form.dispatchEvent(new Event("change", {bubbles: true})));
    status.append(again);
  };

  if (form && status) {
    form.addEventListener("input", () => { dirty = typed = true; });
    // A request that waited its turn must send what the form holds now, not when it was queued.
    document.addEventListener("htmx:before:request", (event) => {
      if (event.target !== status) return;
      event.detail.ctx.request.body = new URLSearchParams(new FormData(form));
      event.detail.ctx.request.keepalive = true; // following a link does not cancel it
      running += 1;
      typed = false;
      if (!status.querySelector(".bad")) dirty = false; // what was not saved stays so until a save succeeds
      if (!conflict()) say("quiet", status.dataset.saving);
    });
    // What is not a status line of ours (a gateway's error, a hotel's login page) does not come onto the page.
    document.addEventListener("htmx:after:request", (event) => {
      if (event.target !== status) return;
      const {status: code} = event.detail.ctx.response;
      if (code >= 500 || !event.detail.ctx.text.trimStart().startsWith("<span class=")) {
        event.preventDefault();
        offerRetry();
      } else if (code >= 400) {
        dirty = true;
        if (code === 409 && conflict()) event.preventDefault(); // the button that is being pressed stays
      } else {
        dirty = typed;
      }
    });
    document.addEventListener("htmx:finally:request", (event) => {
      if (event.target !== status) return;
      running -= 1;
      if (!running && leaving) form.requestSubmit(leaving);
    });
    document.addEventListener("htmx:error", (event) => {
      if (event.target === status) { dirty = true; offerRetry(); }
    });
    // The button waits for a save on its way: otherwise it would look like another person's change.
    form.addEventListener("submit", (event) => {
      if (running) {
        event.preventDefault();
        leaving = event.submitter || form.querySelector("[name=save]");
        return;
      }
      leaving = false;
      dirty = false;
    });
    window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  }

  for (const guarded of document.querySelectorAll("form[data-guard]")) {
    let changed = false;
    guarded.addEventListener("input", () => { changed = true; });
    guarded.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }

  for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;

  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const shown = document.getElementById(button.dataset.copy);
      getSelection().selectAllChildren(shown);
      try {
        await navigator.clipboard.writeText(shown.textContent);
      } catch {
        document.execCommand("copy"); // without https browsers offer no clipboard
      }
      button.textContent = button.dataset.done;
    });
  }

  // A change of the sorting takes effect at once; the button beside it is for keyboards and without scripts.
  for (const select of document.querySelectorAll("[data-submit]")) {
    let byKey = false;
    select.addEventListener("keydown", () => { byKey = true; });
    select.addEventListener("change", () => { if (!byKey) select.form.requestSubmit(); });
  }

  // The keyboard goes on where something has happened: at what is wrong, at what was done, at the row that moved.
  const moved = new URLSearchParams(location.search).get("bewegt") === "up" ? "up" : "down";
  const happened = `#fehler, .notice[tabindex], tr:target [value=${moved}]:enabled`;
  (document.querySelector(happened) || document.querySelector("tr:target .icon:enabled"))?.focus();
})();
