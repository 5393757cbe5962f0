/** What a page holds and its reader does not see: it is no part of the page. */

import { lineCharsMax } from "./block.ts";

/** By one declaration of a style, without spaces. */
function hides(declaration: string): boolean {
  const [name = "", value = ""] = declaration.replace(/!important$/, "").split(":", 2);
  const size = Number.parseFloat(value);
  switch (name) {
    case "display":
      return value === "none";
    case "visibility":
      return value === "hidden" || value === "collapse";
    case "opacity":
    case "font-size":
    case "height":
    case "max-height":
    case "width":
    case "max-width":
      return Math.abs(size) < nothing;
    case "left":
    case "right":
    case "top":
    case "bottom":
    case "text-indent":
    case "margin-left":
    case "margin-top":
      return size <= -awayMin;
    case "clip":
    case "clip-path":
      return /^(?:rect\(0|inset\((?:50|100)%)/.test(value);
    case "transform":
      return /scale\(0[,)]/.test(value);
    case "color":
      return value === "transparent";
    default:
      return false;
  }
}

/** Of opacity or of a size in any unit. */
const nothing = 0.05;
/** Pixels or percent off the page. */
const awayMin = 100;
/** Names of classes that hide, in the common style sheets. */
const hidingClasses = new Set("hidden d-none sr-only visually-hidden invisible".split(" "));

/** By the element's own attributes; a style sheet is not read. */
export function isHidden(tag: string): boolean {
  return attributesOf(tag).some(([name, value]) => {
    if (name === "aria-hidden") return value.trim() === "true";
    if (name === "style") return plainStyle(value).split(";").some(hides);
    if (name === "class") return value.split(/\s+/).some((each) => hidingClasses.has(each));
    return name === "hidden";
  });
}

function plainStyle(style: string): string {
  return style.replaceAll(/\/\*[^*]*\*\//g, "").replaceAll(/\s+/g, "");
}

/** In lower case. */
function attributesOf(tag: string): readonly (readonly [string, string])[] {
  const told = tag.slice(0, lineCharsMax).toLowerCase();
  const found = told.matchAll(
    /[\s/"']([a-z][\w:-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  );
  return [...found].map(([, name = "", double, single, bare]) => [
    name,
    double ?? single ?? bare ?? "",
  ]);
}

/** Elements without an end: they hold nothing. */
export const voids = new Set(
  "area base br col embed hr img input link meta source track wbr".split(" "),
);
/** In Markdown other names are placeholders as often as elements. */
const passedOver = new Set("script style template noscript del s strike".split(" "));

/** Markdown without the elements that hide; one that never ends takes the rest with it. Code stays as it is. */
export function withoutHidden(text: string): string {
  const marks =
    /^[ \t]*(`{3,}|~{3,})[^\n]*\n[^]*?(?:^[ \t]*\1|$(?![^]))|`[^`\n]*`|<(\/?)([a-z][a-z0-9]*)(?=[\s/>])([^<>]{0,2000})>/gim;
  const parts: string[] = [];
  let read = 0;
  let over: { readonly name: string; depth: number } | null = null;
  for (const { 0: all, 2: slash, 3: told, index } of text.matchAll(marks)) {
    const name = told?.toLowerCase();
    if (name === undefined || voids.has(name) || all.endsWith("/>")) continue;
    if (over !== null) {
      if (name === over.name) over.depth += slash === "/" ? -1 : 1;
      if (over.depth === 0) [over, read] = [null, index + all.length];
    } else if (slash === "" && (passedOver.has(name) || isHidden(all.slice(1, -1)))) {
      parts.push(text.slice(read, index));
      over = { name, depth: 1 };
    }
  }
  return over === null ? parts.join("") + text.slice(read) : parts.join("");
}
