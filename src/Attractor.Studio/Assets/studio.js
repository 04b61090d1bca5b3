"use strict";
// Draws what the pages hold, and hands over files. Everything else happens on the server.
(() => {
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = localStorage.getItem("theme");
  root.dataset.theme = chosen ?? (dark.matches ? "dark" : "light");
  const figures = new Map(), cameras = new Map();
  const config = { displaylogo: false, displayModeBar: "hover", responsive: true, modeBarButtonsToRemove: ["toImage", "resetCameraLastSave3d", "select2d", "lasso2d"] };

  async function render(div) {
    const figure = figures.get(div), spec = attractorFigures.prepare(figure, div, figure.link && cameras.get(figure.link));
    await Plotly.react(div, spec.data, spec.layout, config);
    div.dataset.drawn = Number(div.dataset.drawn ?? 0) + 1;
  }

  // Scenes of one group turn together, and stay turned as they are drawn anew.
  let turning = false;
  async function turn(div, event) {
    const camera = event["scene.camera"], link = figures.get(div)?.link;
    if (!camera || !link || turning) return;
    turning = true;
    cameras.set(link, camera);
    for (const [other, spec] of figures)
      if (other !== div && spec.link === link) await Plotly.relayout(other, { "scene.camera": camera });
    turning = false;
  }

  async function send(file) {
    const status = document.getElementById("upload-status"), say = text => { if (status) status.textContent = text; };
    say(`${file.name} is being copied ...`);
    const token = document.querySelector("meta[name=studio-token]").content;
    try {
      const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file, headers: { "X-Studio-Token": token } });
      if (!answer.ok) return say(await answer.text());
      const { id } = await answer.json();
      say("");
      Blazor.navigateTo(`/new?data=${encodeURIComponent(id)}`);
    } catch { say("The studio cannot be reached, or refused the file."); }
  }

  function save(name, href) {
    const link = document.createElement("a");
    link.download = name;
    link.href = href;
    link.click();
  }

  window.studio = {
    async draw(div, json) {
      if (!div) return;
      const first = !figures.has(div);
      figures.set(div, JSON.parse(json));
      await render(div);
      if (first) for (const name of ["plotly_relayout", "plotly_relayouting"]) div.on(name, event => turn(div, event));
      for (const other of figures.keys()) if (!other.isConnected) figures.delete(other);
    },
    async picture(div, format, name) {
      const box = div.getBoundingClientRect();
      save(`${name}.${format}`, await Plotly.toImage(div, { format, width: Math.round(box.width), height: Math.round(box.height), scale: format === "png" ? 2 : 1 }));
    },
    text(name, content) {
      const address = URL.createObjectURL(new Blob([content], { type: "text/csv" }));
      save(name, address);
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    },
    async theme() {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      localStorage.setItem("theme", root.dataset.theme);
      for (const div of figures.keys()) if (div.isConnected) await render(div);
    },
  };

  document.addEventListener("change", event => { if (event.target.id === "upload" && event.target.files[0]) send(event.target.files[0]); });
  for (const name of ["dragover", "drop"])
    document.addEventListener(name, event => {
      if (!document.getElementById("upload") || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (name === "drop" && event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
    });
})();
