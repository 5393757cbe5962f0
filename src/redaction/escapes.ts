/** What stands for another character, or for none: the escapes of strings and addresses, entities, the unseen and the wide. */

/** Nobody sees them, and a name or a token with one in it reads as before: soft hyphens, joiners, marks of direction, tags. */
const unseen = String.raw`[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|\udb40[\udc00-\udfff]`;
/** Wide forms of ASCII, and mathematical letters and digits. */
const wide = String.raw`[\uff01-\uff5e\u3000]|\ud835[\udc00-\udfff]`;

const ascii =
  String.raw`\\(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|x[0-9a-fA-F]{2}|[nrtbf"'\\/_])|%[0-9a-fA-F]{2}` +
  "|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,20});";
const inAscii = new RegExp(ascii, "g");
const inAny = new RegExp(`${ascii}|${unseen}|${wide}`, "g");

/** In order, none of which overlaps another. */
export function escapesIn(text: string): Iterable<RegExpExecArray> {
  // oxlint-disable-next-line no-control-regex -- all of ASCII is meant
  return text.matchAll(/[^\x00-\x7f]/.test(text) ? inAny : inAscii);
}

const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
/** Of ASCII, and those that show nothing. */
const entities: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  amp: "&",
  lt: "<",
  gt: ">",
  nbsp: " ",
  Tab: "\t",
  NewLine: "\n",
  excl: "!",
  num: "#",
  dollar: "$",
  percnt: "%",
  lpar: "(",
  rpar: ")",
  ast: "*",
  plus: "+",
  comma: ",",
  hyphen: "-",
  dash: "-",
  period: ".",
  sol: "/",
  colon: ":",
  semi: ";",
  equals: "=",
  quest: "?",
  commat: "@",
  lowbar: "_",
  bsol: "\\",
  lsqb: "[",
  rsqb: "]",
  lcub: "{",
  rcub: "}",
  Hat: "^",
  grave: "`",
  verbar: "|",
  shy: "",
  zwnj: "",
  zwj: "",
  ZeroWidthSpace: "",
  NoBreak: "",
};

export function meantBy(escape: string): string {
  if (escape.startsWith("%")) return character(escape.slice(1), 16);
  if (escape.startsWith("&")) return ofEntity(escape);
  if (!escape.startsWith("\\")) return unwidened(escape);
  const kind = escape.charAt(1);
  if (kind !== "u" && kind !== "x") return controls[kind] ?? kind;
  return character(escape.slice(2).replaceAll(/[{}]/g, ""), 16);
}

function ofEntity(entity: string): string {
  const name = entity.slice(1, -1);
  if (name.startsWith("#"))
    return /^#x/i.test(name) ? character(name.slice(2), 16) : character(name.slice(1), 10);
  return entities[name] ?? entity;
}

function character(digits: string, base: 10 | 16): string {
  const code = Number.parseInt(digits, base);
  return code > 0x10_ff_ff ? "" : String.fromCodePoint(code);
}

/** What is not wide is unseen. */
function unwidened(given: string): string {
  const plain = given.normalize("NFKC");
  return /^[\x20-\x7e]$/.test(plain) ? plain : given.startsWith("\ud835") ? given : "";
}
