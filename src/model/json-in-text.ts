/** The one JSON object in what a model wrote around it: a fence, a sentence before, its thoughts. */

/** Of a reply; a longer one is not read. */
const replyCharsMax = 40_000;
/** Braces from which an object is looked for, so that a text of braces ends soon. */
const startsMax = 40;

/** The object, or what is wrong in the words of a sentence that begins with "the model's reply". */
export function jsonInText(
  text: string,
  keys: readonly string[],
): { readonly object: Readonly<Record<string, unknown>> } | { readonly problem: string } {
  if (text.length > replyCharsMax) return { problem: `is longer than ${replyCharsMax} characters` };
  if (text.trim() === "") return { problem: "is empty" };
  const { objects, isOpen } = objectsIn(text.replace(/^\s*<think>[\s\S]*?<\/think>/, ""));
  const fitting = objects.filter((object) => keys.some((key) => Object.hasOwn(object, key)));
  const [object, ...others] = fitting;
  if (others.length > 0) return { problem: "holds more than one object" };
  if (object !== undefined) return { object };
  if (isOpen) return { problem: "ends before its JSON does" };
  return { problem: `holds no JSON object with ${keys.join(", ")}` };
}

interface Found {
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  /** A brace was opened and never closed. */
  readonly isOpen: boolean;
}

function objectsIn(text: string): Found {
  const objects: Readonly<Record<string, unknown>>[] = [];
  let isOpen = false;
  let from = text.indexOf("{");
  for (let starts = 0; from !== -1 && starts < startsMax; starts += 1) {
    const end = endOfObject(text, from);
    const object = end === -1 ? null : parsedObject(text.slice(from, end));
    isOpen ||= end === -1;
    if (object !== null) objects.push(object);
    from = text.indexOf("{", object === null ? from + 1 : end);
  }
  return { objects, isOpen };
}

/** Behind the brace that closes the one at `from`; -1 where none does. Braces within strings are text. */
function endOfObject(text: string, from: number): number {
  let depth = 0;
  let isString = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (isString && char === "\\") at += 1;
    else if (char === '"') isString = !isString;
    else if (!isString && char === "{") depth += 1;
    else if (!isString && char === "}" && (depth -= 1) === 0) return at + 1;
  }
  return -1;
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return Object.assign(Object.create(null), JSON.parse(text));
  } catch {
    // What looks like an object and is none is prose, and prose is passed over.
    return null;
  }
}
