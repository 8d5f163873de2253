// The filter: hides what is about other clinics, or of another kind. Without it the page shows everything.
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const { clinic, kind } = form.elements;
  const status = form.querySelector("[role=status]");
  const things = [...document.querySelectorAll("[data-clinics]")];
  // Inner sections first: an outer one is empty when all of them are.
  const sections = [...document.querySelectorAll("section[data-filtered]")].reverse();
  const words = (text) => text.split(" ").filter(Boolean);
  const apply = () => {
    const wanted = clinic.value.trim().toLowerCase();
    const found = new Set();
    for (const thing of things) {
      const named = words(thing.dataset.clinics).filter((id) => id.includes(wanted));
      const fits = (named.length > 0 || wanted === "") && (kind.value === "" || words(thing.dataset.kinds).includes(kind.value));
      thing.hidden = !fits;
      if (fits) named.forEach((id) => found.add(id));
    }
    for (const section of sections) section.hidden = !section.querySelector("[data-clinics]:not([hidden])");
    status.textContent = `${found.size} of ${status.dataset.all} clinics shown`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
