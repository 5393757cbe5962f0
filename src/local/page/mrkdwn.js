/** Slack's mrkdwn as a tree: blocks (lines, quotes, code) of spans (bold, links, mentions…). Knows nothing of a page. */

/**
 * @typedef {{ kind: "text" | "code" | "emoji", text: string }
 *   | { kind: "bold" | "italic" | "strike", spans: Span[] }
 *   | { kind: "link", url: string, text: string }
 *   | { kind: "user" | "channel" | "broadcast", id: string, text?: string }
 *   | { kind: "date", seconds: string, format: string, url?: string, text: string }} Span
 * @typedef {{ kind: "pre", text: string } | { kind: "line" | "quote" | "bullet", spans: Span[] }} Line
 */

const unescaped = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** @param {string} source text as Slack stores it: `& < >` escaped, references in angle brackets @returns {Line[]} */
export function parse(source) {
  return source.split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((part, index) => {
    if (index % 2 === 1) return [{ kind: "pre", text: plainReferences(part) }];
    if (part === "") return [];
    return part.replace(/\n$/, "").split("\n").map(line);
  });
}

/** @returns {Line} */
function line(text) {
  const quote = /^&gt; ?(.*)$/.exec(text);
  if (quote !== null) return { kind: "quote", spans: spans(quote[1]) };
  const bullet = /^\s*[•◦▪*-]\s+(.*)$/.exec(text);
  if (bullet !== null) return { kind: "bullet", spans: spans(bullet[1]) };
  return { kind: "line", spans: spans(text) };
}

/** Marks count only at the edges of words, as in Slack: `a_b_c` and `2*3*4` stay as they are. */
const marks = [
  [/`([^`\n]+)`/, (match) => ({ kind: "code", text: plainReferences(match[1]) })],
  [/<([^<>\n]+)>/, (match) => reference(match[1])],
  [
    /(?<![\p{L}\p{N}*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\p{L}\p{N}*])/u,
    (match) => ({ kind: "bold", spans: spans(match[1]) }),
  ],
  [
    /(?<![\p{L}\p{N}_])_(?!\s)([^_\n]+?)(?<!\s)_(?![\p{L}\p{N}_])/u,
    (match) => ({ kind: "italic", spans: spans(match[1]) }),
  ],
  [
    /(?<![\p{L}\p{N}~])~(?!\s)([^~\n]+?)(?<!\s)~(?![\p{L}\p{N}~])/u,
    (match) => ({ kind: "strike", spans: spans(match[1]) }),
  ],
  [/(?<![\p{L}\p{N}]):([a-z+-][a-z0-9_+-]*):/u, (match) => ({ kind: "emoji", text: match[1] })],
];

/** @param {string} text @returns {Span[]} */
export function spans(text) {
  let first;
  for (const [pattern, make] of marks) {
    const match = pattern.exec(text);
    if (match !== null && (first === undefined || match.index < first.match.index))
      first = { match, make };
  }
  if (first === undefined) return text === "" ? [] : [{ kind: "text", text: unescaped(text) }];
  const { match, make } = first;
  const before = text.slice(0, match.index);
  return [
    ...(before === "" ? [] : [{ kind: "text", text: unescaped(before) }]),
    make(match),
    ...spans(text.slice(match.index + match[0].length)),
  ];
}

/** What stands between angle brackets. @param {string} inside @returns {Span} */
function reference(inside) {
  const [target, label] = split(inside, "|");
  if (target.startsWith("@")) return { kind: "user", id: target.slice(1), text: label };
  if (target.startsWith("#")) return { kind: "channel", id: target.slice(1), text: label };
  if (target.startsWith("!date^")) {
    const [, seconds, format, url] = target.split("^");
    return { kind: "date", seconds, format, url, text: unescaped(label ?? format) };
  }
  if (target.startsWith("!")) return { kind: "broadcast", id: target.slice(1), text: label };
  return { kind: "link", url: unescaped(target), text: unescaped(label ?? target) };
}

function split(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** In code only links are followed, to their label; everything else is shown as it stands. */
const plainReferences = (text) =>
  unescaped(
    text.replace(/<(https?:[^<>|]+)(?:\|([^<>]*))?>/g, (_whole, url, label) => label ?? url),
  );
