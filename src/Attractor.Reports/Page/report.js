"use strict";
(async () => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  root.dataset.theme = dark.matches ? "dark" : "light";

  const packed = Uint8Array.from(atob(document.getElementById("plotly").textContent), c => c.charCodeAt(0));
  const source = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const script = document.createElement("script");
  script.textContent = source;
  document.head.append(script);

  const figures = [...document.querySelectorAll(".plot")].map(div => ({
    div, spec: JSON.parse(div.nextElementSibling.textContent), camera: null,
  }));
  // A picture of the figure as it is seen: the browser makes it, no server is asked. Scenes are pictures within the SVG.
  const download = format => ({
    name: format, title: `Download as ${format.toUpperCase()}`,
    icon: { svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><text x="12" y="11" font-size="9.5" font-weight="700" text-anchor="middle" font-family="sans-serif">${format.toUpperCase()}</text><path d="M12 13v7m-3-3 3 3 3-3" fill="none" stroke="currentColor" stroke-width="1.8"/></svg>` },
    click: async div => {
      const link = document.createElement("a"), title = div.parentElement.querySelector("h3").textContent;
      link.href = await Plotly.toImage(div, { format, width: div.clientWidth, height: div.clientHeight, scale: format === "png" ? 3 : 1 });
      link.download = title.toLowerCase().replace(/[^a-z0-9]+/g, "-") + "." + format;
      link.click();
    },
  });
  const few = ["toImage", "resetCameraLastSave3d", "select2d", "lasso2d"],
    fewer = [...few, "zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "autoScale2d", "zoom3d", "pan3d", "orbitRotation", "tableRotation"];
  // Beside the title of a narrow figure there is room for few buttons; dragging and the wheel do what the others do.
  const config = div => ({ displaylogo: false, displayModeBar: "hover", responsive: true,
    modeBarButtonsToRemove: div.clientWidth < 640 ? fewer : few, modeBarButtonsToAdd: [download("svg"), download("png")] });

  function draw(figure) {
    const spec = attractorFigures.prepare(figure.spec, figure.div, figure.camera);
    return Plotly.react(figure.div, spec.data, spec.layout, config(figure.div));
  }

  // Scenes of one group turn together.
  let turning = false;
  function link(figure) {
    const turn = async event => {
      const camera = event["scene.camera"];
      if (!camera || turning) return;
      turning = true;
      figure.camera = camera;
      for (const other of figures)
        if (other !== figure && other.spec.link === figure.spec.link) {
          other.camera = camera;
          await Plotly.relayout(other.div, { "scene.camera": camera });
        }
      turning = false;
    };
    figure.div.on("plotly_relayout", turn);
    figure.div.on("plotly_relayouting", turn);
  }

  for (const figure of figures) {
    await draw(figure);
    if (figure.spec.link) link(figure);
  }
  const redraw = async () => { for (const figure of figures) await draw(figure); };
  const set = async theme => { root.dataset.theme = theme; await redraw(); };
  document.getElementById("theme").addEventListener("click", () => set(root.dataset.theme === "dark" ? "light" : "dark"));
  dark.addEventListener("change", () => set(dark.matches ? "dark" : "light"));
  root.dataset.drawn = figures.length;
})();
