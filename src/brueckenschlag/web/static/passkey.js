// Passkeys: the device checks finger, face or PIN; the form carries what it has signed.
(() => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return; // the other ways stay
  for (const element of document.querySelectorAll("[data-no-passkey]")) element.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const {passkey: kind, options} = form.dataset;
      if (form.elements.credential.value) return;
      event.preventDefault();
      try {
        const asked = options || await (await fetch(form.action, {headers: {Accept: "application/json"}})).text();
        const read = kind === "create" ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON";
        const publicKey = PublicKeyCredential[read](JSON.parse(asked).publicKey);
        form.elements.credential.value = JSON.stringify(await navigator.credentials[kind]({publicKey}));
        form.requestSubmit();
      } catch {
        form.querySelector("[role=alert]").hidden = false;
      }
    });
  }
})();
