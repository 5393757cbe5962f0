/** Draws charts: Vega-Lite to SVG, resvg to PNG with the font that comes along. Both are loaded at the first chart. */

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { TopLevelSpec } from "vega-lite";
import type { Specification } from "../../chart/look.ts";
import { pictureSpecification, type Picture } from "../../chart/picture.ts";

/** Pixels of the picture for each of the drawing's, for screens that have more of them. */
const pixelRatio = 2;
/** Mean width of the font's letters. Vega takes 0.8 where it has no canvas to measure on, and leaves a margin for it. */
const letterEms = 0.58;
const paper = "#ffffff";

/** An SVG document that the page shines through; its classes are Vega's. */
export async function svgOf(picture: Picture): Promise<string> {
  return svgFrom(pictureSpecification(picture, null));
}

/** A PNG on white, twice as wide as the drawing. */
export async function pngOf(picture: Picture): Promise<Uint8Array> {
  const [svg, { Resvg, fontBuffers }] = await Promise.all([
    svgFrom(pictureSpecification(picture, paper)),
    (painter ??= loadPainter()),
  ]);
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: pixelRatio },
    font: { fontBuffers, defaultFontFamily: "Inter" },
  });
  try {
    const rendered = drawing.render();
    const png = rendered.asPng();
    rendered.free();
    return png;
  } finally {
    drawing.free();
  }
}

let painter: ReturnType<typeof loadPainter> | null = null;

/** WebAssembly knows no fonts of the machine: what a picture looks like does not depend on where it was made. */
async function loadPainter() {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  await initWasm(fileAt(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const fontBuffers = await Promise.all([
    fileAt(import.meta.resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf")),
    fileAt(import.meta.resolve("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf")),
  ]);
  return { Resvg, fontBuffers };
}

const fileAt = (url: string): Promise<Uint8Array> => readFile(fileURLToPath(url));

/** Nothing in a specification of ours is loaded from anywhere. */
async function svgFrom(specification: Specification): Promise<string> {
  const [vega, { compile }] = await Promise.all([import("vega"), import("vega-lite")]);
  const metrics: unknown = Reflect.get(vega, "textMetrics");
  if (typeof metrics === "object" && metrics !== null) Reflect.set(metrics, "width", widthOf);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- src/chart makes them, as Vega-Lite's schema has it
  const { spec } = compile(specification as unknown as TopLevelSpec);
  const view = new vega.View(vega.parse(spec), { renderer: "none", logLevel: vega.Error });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function widthOf({ fontSize = 11 }: { readonly fontSize?: number }, text: unknown): number {
  return String(text).length * fontSize * letterEms;
}
