// Loads the page of a draft anew when a file of it has been saved.
(() => {
  const {stamp} = document.getElementById("entwurf").dataset;
  setInterval(async () => {
    try {
      const now = await (await fetch("/entwurf", {cache: "no-store"})).text();
      if (now !== stamp) location.reload();
    } catch {
      // The preview was stopped; the page stays as it is.
    }
  }, 1000);
})();
