"use strict";
// The search box of a sample page. It takes the names from data/neurons.js, which the index run writes: a script, for a
// page that was opened from disk may load no other file.
(() => {
  const box = document.getElementById("search");
  const found = document.getElementById("found");
  const { root, pages } = document.body.dataset;
  let neurons;

  const texts = ({ name, types = {} }) => [name, ...(types.synonyms ?? []), ...(types.flywire ?? [])];
  const show = () => {
    const text = box.value.trim().toLowerCase();
    const rank = (neuron) => {
      const name = neuron.name.toLowerCase();
      return name === text ? 0 : name.startsWith(text) ? 1 : 2;
    };
    const fits = text
      ? (neurons ?? []).filter((neuron) => texts(neuron).some((one) => one.toLowerCase().includes(text)))
      : [];
    found.replaceChildren(
      ...fits
        .sort((a, b) => rank(a) - rank(b))
        .slice(0, 12)
        .map(({ name, urls }) => {
          const link = document.createElement("a");
          link.href = root + pages + (urls.combined ?? urls.left ?? urls.right ?? urls.middle);
          link.textContent = name;
          const item = document.createElement("li");
          item.append(link);
          return item;
        }),
    );
  };
  window.neuronDataCallback = (data) => {
    neurons = data.neurons;
    show();
  };
  box.addEventListener(
    "focus",
    () => {
      const script = document.createElement("script");
      script.src = root + "data/neurons.js";
      document.head.append(script);
    },
    { once: true },
  );
  box.addEventListener("input", show);
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    found.querySelector("a")?.click();
  });
})();
