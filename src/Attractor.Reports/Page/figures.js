"use strict";
// What reports and the studio have in common: a figure as the page it stands in wants it.
const attractorFigures = (() => {
  // "--name" in a figure stands for the colour of that name in the style sheet.
  function themed(value, style) {
    if (typeof value === "string") return value.startsWith("--") ? style.getPropertyValue(value).trim() : value;
    if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(v => themed(v, style));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, themed(v, style)]));
    return value;
  }

  // In the colours of the page, seen from where it was turned to, and no higher than it can use.
  function prepare(figure, div, camera) {
    const spec = themed(figure, getComputedStyle(document.documentElement));
    if (camera && spec.layout.scene) spec.layout.scene.camera = camera;
    // What keeps its proportions is no higher than a narrow page lets it be wide: the rest of its height would be empty.
    const keeps = spec.layout.scene ? 0.9 : spec.layout.yaxis?.scaleanchor ? 1.1 : Infinity;
    spec.layout.height = Math.round(Math.min(spec.layout.height, keeps * div.clientWidth));
    div.style.height = spec.layout.height + "px";
    return spec;
  }

  return { prepare };
})();
