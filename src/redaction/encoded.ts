/** What in a text is base64 of text; pictures, digests, keys and numbers are none. */

/** A shorter run holds no secret. */
const runMin = 20;
/** What begins with other characters than those that people type is no text. */
const probeChars = 24;

export interface Encoded {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** 1: a digit, a lower-case letter or a mark of base64; 2: an upper-case letter, which text in base64 always has. */
const classes = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Z]/.test(String.fromCharCode(code))
    ? 2
    : /[a-z0-9+/_-]/.test(String.fromCharCode(code))
      ? 1
      : 0,
);

export function encodedIn(text: string): readonly Encoded[] {
  const found: Encoded[] = [];
  let from = 0;
  let isMixed = false;
  for (let index = 0; index <= text.length; index += 1) {
    const kind = index < text.length ? (classes[text.charCodeAt(index)] ?? 0) : 0;
    if (kind === 2) isMixed = true;
    if (kind > 0) continue;
    if (isMixed && index - from >= runMin) found.push(...readRun(text, from, index));
    from = index + 1;
    isMixed = false;
  }
  return found;
}

function readRun(text: string, from: number, end: number): readonly Encoded[] {
  if (!isText(decoded(text.slice(from, Math.min(end, from + probeChars))))) return [];
  const whole = decoded(text.slice(from, end));
  if (!isText(whole)) return [];
  const padding = /^={0,2}/.exec(text.slice(end, end + 2))?.[0].length ?? 0;
  return [{ from, to: end + padding, text: whole }];
}

function decoded(run: string): string {
  const plain = run.replaceAll("-", "+").replaceAll("_", "/");
  return atob(plain.length % 4 === 1 ? plain.slice(0, -1) : plain);
}

/** Of what is no ASCII only whole characters of UTF-8, but for the last, which may be cut. */
function isText(text: string): boolean {
  if (/^[\t\n\r\x20-\x7e]*$/.test(text)) return true;
  return /^(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})*[\xc2-\xf4]?[\x80-\xbf]{0,2}$/.test(
    text,
  );
}
