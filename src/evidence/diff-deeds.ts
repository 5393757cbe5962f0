/** What a diff does to the running program, told from its lines alone: a check removed, code only moved, room given or taken. */

export interface DiffLines {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly context: readonly string[];
}

/** A condition on what may be missing, empty or too much; a limit; or a call that waits, guards, ends or gives back. */
const check =
  /\bif\b.*(?:\b(?:nil|null|none|undefined|empty|len|size|length)\b|[<>])|\bLIMIT\s+\d|\b(?:limit|take|first|sleep|backoff|timeout|deadline|withTimeout|recover|lock|unlock|acquire|release|close|dispose|cancel|stop|evict|delete|validate|verify)\b\s*\(|\b(?:catch|except|rescue|finally)\b/i;
const passedOn = /\berr(?:or)?\b\s*!==?\s*(?:nil|null)/;
const loop = /^\s*(?:for|while|foreach)\b|\.(?:forEach|map)\(/;
const qualifiedCall = /\.\s*([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\(/g;
const definition = /\b(?:func(?:\s*\([^)]*\))?|function|def|fn)\s+([A-Za-z_]\w*)/g;

/** A check, a limit or a pause that was there and is nowhere in the added lines. */
export function removesCheck({ added, removed }: DiffLines): boolean {
  const before = checksIn(removed);
  return before > 0 && before > checksIn(added);
}

function checksIn(lines: readonly string[]): number {
  return lines.filter((line) => check.test(line) && !passedOn.test(line)).length;
}

/** The same calls and numbers in other words: nothing is called, looped over or counted that was not before. */
export function onlyMoves({ added: now, removed: old }: DiffLines): boolean {
  if (old.length === 0 || now.length === 0) return false;
  if (loopsIn(now) > loopsIn(old) || !numbersIn(now).isSubsetOf(numbersIn(old))) return false;
  const called = namesIn(old, qualifiedCall);
  const known = called.union(namesIn(now, definition));
  return called.size > 0 && namesIn(now, qualifiedCall).isSubsetOf(known);
}

/** A few lines that look before they leap, with nothing taken away: what an incident's mend looks like, not its beginning. */
export function onlyAddsCheck({ added, removed }: DiffLines): boolean {
  const lines = added.filter((line) => /\w/.test(line));
  if (lines.length === 0 || lines.length > addedCheckLinesMax) return false;
  const kept = new Set(lines.map(squeezed));
  if (!removed.every((line) => kept.has(squeezed(line)) || !/\w/.test(line))) return false;
  const known = new Set(removed.map(squeezed));
  const fresh = lines.filter((line) => !known.has(squeezed(line)));
  return guard.test(fresh[0] ?? "") && fresh.slice(1).every((line) => leaving.test(line));
}

const addedCheckLinesMax = 8;
const guard = /^\s*(?:\}?\s*else\s+)?(?:if|unless|guard)\b/;
const leaving =
  /^\s*(?:return|continue|break|throw|raise|next|\}|end\b|[\w.]+\s*:?=\s*(?:[^.(=]|\b(?:len|size|count)\([^)]*\))*;?$)/;

function squeezed(line: string): string {
  return line.replaceAll(/\s+/g, "");
}

const works: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:DROP|RENAME)\s+(?:INDEX|COLUMN|TABLE|CONSTRAINT)|\bALTER\s+(?:COLUMN|TABLE)\b/i,
    "changes the schema",
  ],
  [
    // Only where the line is about a pattern: "(a+b)*c" is a sum.
    /^(?=.*(?:regex|pattern|\bre\.|\\[wsdS.]|\[\^?\w)).*\([^()\n]*[+*][^()\n]*\)[+*]/im,
    "adds a pattern that may backtrack",
  ],
  [
    /\b(?:mu|mutex|lock)\w*\.\s*lock\s*\(|\bsynchronized\b|\bFOR UPDATE\b|\bLOCK TABLE\b/i,
    "adds a lock",
  ],
  [/\w(?:Sync)\s*\(|\bThread\.sleep\s*\(|\btime\.sleep\s*\(/, "adds a call that blocks"],
];

/** What the added lines make the program do that the removed ones did not, in words; null where nothing is told. */
export function addedWork({ added: now, removed: old }: DiffLines): string | null {
  const [fresh, known] = [now.join("\n"), old.join("\n")];
  const found = works.find(([pattern]) => pattern.test(fresh) && !pattern.test(known));
  if (found !== undefined) return found[1];
  if (callsInLoops(now) > callsInLoops(old)) return "adds a call inside a loop";
  return keepsMore(fresh) && !keepsMore(known) ? "keeps what it was given" : null;
}

/** Calls on another object that wait or ask, within the lines that follow a loop's head more deeply indented. */
function callsInLoops(lines: readonly string[]): number {
  let depth = Infinity;
  let calls = 0;
  for (const line of lines) {
    const indent = line.length - line.trimStart().length;
    if (indent <= depth) depth = loop.test(line) ? indent : Infinity;
    else if (asking.test(line)) calls += 1;
    if (loop.test(line) && asking.test(line)) calls += 1;
  }
  return calls;
}

const asking =
  /\bawait\b|\b(?:ctx|context)\b\s*,|\.(?:get|fetch|find|query|select|load|read|call|request|send|exec)\w*\s*\(/i;

/** A collection made outside of any function into which something is put, and from which nothing is taken. */
function keepsMore(text: string): boolean {
  return (
    /\.(?:set|add|push|put|append)\s*\(|\w\[[^\]\n]{1,200}\]\s*=[^=]/.test(text) &&
    /^(?:(?:export )?(?:const|let|var|static|private|public)\b.*|\w+\s*=\s*)(?:new (?:Map|Set|HashMap|ArrayList|ConcurrentHashMap)\b|\{\}|\[\]|dict\(|make\(map|map\[)/im.test(
      text,
    ) &&
    !/\b(?:delete|evict|remove|clear|shift|pop|expire|max)\w*\b/i.test(text)
  );
}

const configPath = /\.(?:ya?ml|json|toml|ini|env|properties|conf|cfg|tfvars|hcl)$|(?:^|\/)\.env/i;
/** Who looks after something changes nothing of it, and is nobody's business here. */
const aboutPeople =
  /\b(?:owners?|authors?|maintainers?|assignees?|reviewers?|contacts?|on_?call|email)\b|@/i;
const setting = /^\s*["']?([\w.-]+)["']?\s*[:=]\s*(.+?),?\s*$/;

/** A setting that holds another word now: on for off, one host for another. "verify_peer: false → true". */
export function flippedSetting(
  { added, removed }: DiffLines,
  files: readonly string[],
): string | null {
  const isConfig = files.length > 0 && files.every((file) => configPath.test(file));
  const old = new Map(removed.map((line) => [setting.exec(line)?.[1], setting.exec(line)?.[2]]));
  for (const line of added) {
    const [, key, now = ""] = setting.exec(line) ?? [];
    const before = key === undefined ? undefined : old.get(key);
    if (before === undefined || before === now || /\d/.test(before + now)) continue;
    if (aboutPeople.test(line)) continue;
    const isSwitch = /^(?:true|false|on|off|yes|no|enabled|disabled)$/i.test(now);
    if (isSwitch || isConfig) return `${key}: ${before.slice(0, 40)} → ${now.slice(0, 40)}`;
  }
  return null;
}

function loopsIn(lines: readonly string[]): number {
  return lines.filter((line) => loop.test(line)).length;
}

function namesIn(lines: readonly string[], pattern: RegExp): Set<string> {
  return new Set(
    lines
      .join("\n")
      .matchAll(pattern)
      .map(([, name = ""]) => name),
  );
}

function numbersIn(lines: readonly string[]): Set<string> {
  return new Set(lines.join("\n").match(/\b\d[\d_.]*\b/g));
}

const unitSizes: readonly (readonly [RegExp, number])[] = [
  [/^(?:ns|.*nano)/i, 1e-9],
  [/^(?:us|.*micro)/i, 1e-6],
  [/^(?:ms|.*milli)/i, 1e-3],
  [/^(?:m$|[mM]in)/, 60],
  [/^(?:h$|hour)/i, 3_600],
  [/^(?:d$|day)/i, 86_400],
  [/^ki?B?$/i, 1e3],
  [/^Mi?B?$/, 1e6],
  [/^Gi?B?$/i, 1e9],
];

/** Numbers of a line in its order, each times its unit where one follows: "5 * time.Minute" is 300. */
export function amountsIn(line: string): number[] {
  const amounts = line.matchAll(/\b(\d[\d_.]*)\s*(?:\*\s*)?((?:time\.)?[A-Za-z]*)/g);
  return [...amounts].map(([, digits = "", unit = ""]) => {
    const size = unitSizes.find(([pattern]) => pattern.test(unit.replace(/^time\./, "")))?.[1] ?? 1;
    return Number(digits.replaceAll("_", "")) * size;
  });
}
