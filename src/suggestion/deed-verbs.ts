/** What people call what they did: the verbs of each kind of deed in every form that tells of it as done. */

import { deedKinds, type DeedKind } from "../vocabulary.ts";

const looks = `read|check|check on|look at|look into|look through|look over|look in|go through|go over|pull|pull up|
    grab|take|dump|capture|eyeball|skim|review|inspect|compare|diff|grep|grep for|grep through|tail|query|open|count|
    measure|time|test|verify|confirm|examine|trace|profile|sample|plot|graph|split|split out|break down|cat|peek|
    peek at|scan|comb through|stare at|glance at|find|see|rule out|double-check|doublecheck|watch|look up|list|
    describe|fetch|collect|walk through|dig through|dig into|audit|sift through|probe|ping|curl|record|print|
    hunt through|search|search for|cross-check|bisect|exclude|eliminate|spot-check|step through|study|snapshot|
    look|poke at|run|spot|ls|view|pull out|download|generate|trigger|sort|rank|sum|notice|observe|monitor|
    survey|scroll through|flip through|page through|cross-reference|validate|calculate|work out|log|compute|
    correlate|line up|overlay|benchmark`;

/**
 * By their base; behind it what belongs to it: "turn off" is told by "turned off" and by "turned the flag off".
 * A verb may tell of several kinds: which it is, what it was done to says.
 */
const verbs: Readonly<Record<DeedKind, string>> = {
  raise: `raise|increase|bump|bump up|double|triple|quadruple|up|enlarge|lift|extend|widen|crank up|jack up|push up|pump up|beef up|
    expand|boost|bring up|put up|turn up|dial up|grow|loosen|relax|give`,
  lower: `lower|shorten|reduce|cut|cut down|drop|decrease|shrink|bring down|turn down|dial down|dial back|tighten|halve|trim|cap|
    clip|slash|lessen|clamp|clamp down|pull in|pull down|push down|put down`,
  set: `set|set up|change|put|move|pin|configure|patch|edit|adjust|tune|switch|update`,
  add: `add|scale|scale up|scale out|spin up|start|start up|bring up|throw|throw in|provision|launch|beef up|double|triple|
    quadruple|raise|increase|bump|bump up|up|boost|put in|stand up|crank up|give|put`,
  revert: `revert|roll back|undo|back out|pull|yank|restore|put back|take back|unwind|walk back|switch back|flip back|change back|
    reset|set back|turn back|move back|go back|bring back|drop back`,
  "turn-off": `turn off|turn back|switch off|switch back|flip off|flip back|flip|toggle|toggle off|toggle back|disable|kill|
    deactivate|shut off|shut down|cut|cut off|unset|zero|zero out|take out|ramp down|dial down|pull|unship|stub|stub out|
    bypass|skip|drop|short-circuit|comment out|mock|mock out|detach|unplug|stop|remove|hide|gate|take down|rip out|revert`,
  restart: `restart|reboot|bounce|kick|cycle|power-cycle|power cycle|recycle|respawn|reload|relaunch|start again|roll|replace|
    delete|kill|nuke|recreate|re-create|restart|hup`,
  end: `kill|shoot down|take down|terminate|cancel|end|shoot|abort|drop|kick|kick out|nuke|stop|zap|boot|kill off|close|roll back|evict|disconnect|
    get rid of|interrupt`,
  pause: `pause|suspend|stop|hold|hold off|hold back|halt|freeze|delay|postpone|park|defer|disable|kill|turn off|switch off|cancel|
    abort|push back|push out|reschedule|unschedule|put off|put on hold|move|throttle|shut down|shut off|scale down|block|lock|
    slow down|put on ice|put to sleep`,
  move: `move|shift|drain|evacuate|weight|divert|steer|reroute|re-route|route|redirect|take out|take|pull|pull out|weight out|fail|
    fail away|fail out|send|point|repoint|direct|flip|cordon|cordon off|empty|evict|remove|kick|kick out|isolate|reschedule|
    migrate|drop|taint|switch|swing|retire|kill|terminate|get off`,
  "fail-over": `fail over|fail|switch over|switch|flip|flip over|move|move over|promote|repoint|point|cut over|swing|swap|route|
    redirect|activate|enable|turn on|switch on`,
  renew: `renew|reissue|re-issue|redeploy|re-deploy|ship|replace|rotate|swap|swap out|issue|install|deploy|upload|push|roll out|refresh|update|re-sign|extend`,
  revoke: `revoke|disable|rotate|deactivate|invalidate|kill|block|lock|lock out|expire|remove|turn off|nuke|cycle|cut off|
    pull|roll|swap`,
  limit: `block|ban|throttle|rate-limit|rate limit|ratelimit|limit|cap|cut|shed|drop|reject|deny|denylist|blacklist|blocklist|clamp|
    clamp down on|cut off|firewall|blackhole|null-route|turn away|kick out|kick|black-hole|429|squeeze`,
  skip: `skip|park|set aside|move|remove|drop|quarantine|discard|ack|purge|delete|jump|eject|advance|shelve|put aside|take out|
    dead-letter|divert|pull out|get rid of|step over|jump over|kick`,
  refresh: `refresh|update|rebuild|recompute|regenerate|renew|analyze|analyse|vacuum|recollect|gather`,
  run: `run|execute|do|use|fire|fire off|issue|start|attach|type|launch|rerun|re-run|call|try|hit|apply|invoke|make`,
  look: looks,
  read: looks,
  find: "",
};

const irregular: Readonly<Record<string, string>> = {
  bring: "brought",
  cut: "cut",
  put: "put",
  grow: "grew|grown",
  give: "gave|given",
  set: "set",
  throw: "threw|thrown",
  spin: "spun",
  take: "took|taken",
  shrink: "shrank|shrunk",
  undo: "undid|undone",
  unwind: "unwound",
  go: "went|gone",
  shut: "shut",
  shoot: "shot",
  hold: "held",
  freeze: "froze|frozen",
  send: "sent",
  swing: "swung",
  shed: "shed",
  run: "ran",
  rerun: "reran",
  "re-run": "re-ran",
  do: "did|done",
  hit: "hit",
  read: "read",
  get: "got|gotten",
  find: "found",
  see: "saw|seen",
  break: "broke|broken",
  split: "split",
  lay: "laid",
  draw: "drew|drawn",
  rebuild: "rebuilt",
  redo: "redid|redone",
  stand: "stood",
  cancel: "cancelled|canceled",
  dig: "dug",
  make: "made",
  show: "showed|shown",
  rip: "ripped",
  cat: "cat'd|catted|cat",
  ls: "ls'd|ls'ed",
  up: "upped",
  429: "429'd|429'ed",
  ack: "acked|ack'd",
  sum: "summed",
  diff: "diffed|diff'd",
  curl: "curled|curl'd",
};

/** "restart" → "restarted"; where there are two, both. */
function pastsOf(base: string): readonly string[] {
  const known = irregular[base];
  const byRule = pastByRule(base);
  return known === undefined ? byRule : [...known.split("|"), ...byRule];
}

/** "Putted" and "splitted" are written too. */
function pastByRule(base: string): readonly string[] {
  if (base.endsWith("e")) return [`${base}d`];
  if (/[^aeiou]y$/.test(base)) return [`${base.slice(0, -1)}ied`];
  return [isDoubling(base) ? `${base}${base.at(-1) ?? ""}ed` : `${base}ed`];
}

function gerundOf(base: string): string {
  if (/[^eoy]e$/.test(base)) return `${base.slice(0, -1)}ing`;
  return isDoubling(base) ? `${base}${base.at(-1) ?? ""}ing` : `${base}ing`;
}

/** One short vowel before the last consonant: "stopped", "rerouted" not. */
const isDoubling = (base: string) => /^(?:re-?)?[^aeiou]*[aeiou][bdgmnprt]$|^rerun$/.test(base);

interface Entry {
  readonly kinds: ReadonlySet<DeedKind>;
  /** "off" of "turned off"; "": none. */
  readonly particle: string;
}

function entriesBy(formsOf: (base: string) => readonly string[]): ReadonlyMap<string, Entry[]> {
  const byForm = new Map<string, Map<string, Set<DeedKind>>>();
  for (const kind of deedKinds) {
    for (const verb of verbs[kind].split("|").flatMap((each) => each.trim() || [])) {
      const [base = "", ...rest] = verb.split(" ");
      for (const form of formsOf(base)) {
        const byParticle = byForm.get(form) ?? new Map<string, Set<DeedKind>>();
        const particle = rest.join(" ");
        byForm.set(
          form,
          byParticle.set(particle, (byParticle.get(particle) ?? new Set()).add(kind)),
        );
      }
    }
  }
  return new Map(
    [...byForm].map(([form, byParticle]) => [
      form,
      [...byParticle].map(([particle, kinds]) => ({ particle, kinds })),
    ]),
  );
}

const byPast = entriesBy(pastsOf);
const bases = [...new Set(Object.values(verbs).flatMap((each) => each.split("|")))].map(
  (each) => each.trim().split(" ")[0] ?? "",
);
const pastByGerund = new Map(bases.map((base) => [gerundOf(base), pastsOf(base)[0] ?? base]));
const pastByBase = new Map(bases.map((base) => [base, pastsOf(base)[0] ?? base]));

/** Every form that is known. */
export const pastForms: readonly string[] = [...byPast.keys()];

/** "rolling" → "rolled"; of a verb that is not known by rule. */
export function pastOfGerund(gerund: string): string {
  return pastByGerund.get(gerund) ?? gerund.replace(/ing$/, "ed");
}

/** null: no verb that is known. */
export function pastOfBase(base: string): string | null {
  return pastByBase.get(base) ?? null;
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A verb in the past, and what belongs to it, beside it or behind what it was done to. */
export interface VerbTold extends Place {
  readonly kinds: ReadonlySet<DeedKind>;
  readonly apart: Place | null;
}

/** How many characters further a verb's "off" or "back" is looked for. */
const apartCharsMax = 60;
/** With one of these beside it, "rolled" is another verb. */
const turning = /^ (?:back|off|out|up|down|over|forward|away)(?![\w-])/;
const turned = /^(?:turn|switch|flipp|toggl)ed on(?![\w-])/;

/** "The read pool" and "the failed pods" tell of no deed. */
const named = /(?:^|\s)(?:the|an?|our|their|its|this|that|these|those|any|no|every|each) $/;

/** "Read latency", "set size". */
const naming =
  /^(?:read|set|cut|put) (?:latenc|replica|path|pool|timeout|traffic|endpoint|iops|throughput|model|only|size|off)/;

export function verbsIn(clause: string): readonly VerbTold[] {
  return [...clause.matchAll(/[a-z\d][a-z\d'-]*/g)].flatMap(({ 0: word, index }) => {
    if (named.test(clause.slice(0, index)) || naming.test(clause.slice(index))) return [];
    const entries = byPast.get(word) ?? byPast.get(word.replace(/^.+-/, ""));
    return entries === undefined ? [] : verbAt(clause, { word, index }, entries);
  });
}

function verbAt(
  clause: string,
  { word, index: from }: { readonly word: string; readonly index: number },
  entries: readonly Entry[],
): readonly VerbTold[] {
  const end = from + word.length;
  const rest = clause.slice(end, end + apartCharsMax);
  const found = entries.flatMap(({ kinds, particle }): VerbTold[] => {
    if (particle === "") return [];
    if (isWordAt(rest, 1, particle))
      return [{ kinds, from, to: end + 1 + particle.length, apart: null }];
    const at = rest.indexOf(` ${particle}`) + 1;
    if (at === 0 || !isWordAt(rest, at, particle)) return [];
    return [{ kinds, from, to: end, apart: { from: end + at, to: end + at + particle.length } }];
  });
  const isTurned =
    turning.test(rest) ||
    turned.test(clause.slice(from)) ||
    found.some(({ apart }) => apart !== null);
  const plain = entries.find(({ particle }) => particle === "");
  return plain === undefined || isTurned
    ? found
    : [{ kinds: plain.kinds, from, to: end, apart: null }, ...found];
}

function isWordAt(text: string, at: number, word: string): boolean {
  return text.startsWith(word, at) && !/^[\w-]/.test(text.slice(at + word.length));
}
