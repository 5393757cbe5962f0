/** Deeds that are told as a noun or as a command: "the pool bump is live", "did a drain of node-7", "kubectl rollout undo went through". */

import type { DeedKind } from "../vocabulary.ts";
import type { Place } from "./deed-verbs.ts";

/** Deeds as nouns, by their kinds. */
const nouns: Readonly<Partial<Record<DeedKind, string>>> = {
  raise: "bump|increase|raise|raising|doubling|boost",
  lower: "reduction|decrease|cut|lowering|shortening",
  add: "bump|increase|scale-?up|scale-?out|scaling|doubling",
  revert: "rollback|roll-back|revert|reversal|restore|reverting",
  "turn-off": "toggle|flip|kill|disable|switch-?off",
  restart: "restart|reboot|bounce|kick|redeploy|reload|recycle",
  end: "kill|termination|cancellation",
  pause: "pause|suspension|freeze|hold",
  move: "drain|evacuation|cordon|shift|failover|eviction|move",
  "fail-over": "failover|fail-over|switchover|switch-over|switch|cutover|promotion",
  renew: "renewal|rotation|replacement|swap",
  revoke: "rotation|revocation",
  limit: "block|ban|throttle|throttling|rate.?limit|limit|cap|rule",
  skip: "skip|removal|purge",
  refresh: "refresh|analyze|vacuum|update",
};
/** Words after "did not" that leave the deed undone. */
const begin =
  "(?:happen|go|start|run|finish|complete|take|get|come|land|reach|kick in|apply|roll|succeed|pass|make it|even)\\b";
const isDone = new RegExp(
  String.raw`^(?: (?:of|on|for|to|at|in) \S+| \S+)?(?: (?:is|was|are|has|have|went|got|now|already|just|been|all|finally|both|gone))* (?:done|completed?|finished|through|out|live|in place|in|applied|deployed|merged|shipped|active|effective|rolled out|had no|made no|did(?:(?:n't| not)(?! ${begin})| nothing)|does(?:n't| not)|has(?:n't| not) (?:help|chang|made)|made (?:it|things|that|everything|matters) (?:\w+ )?(?:worse|better)|fixed|solved|resolved|cured|helped|worked|did it|did the trick|landed|took effect|executed|performed|succeeded|brought|bought)(?![\w-])`,
);
const lead =
  /(?:\b(?:did|made|ran|performed|finished|completed|executed|tried|triggered|applied|shipped|deployed|took care of|handled) |\bgave \S+ )(?:(?:a|an|the|another|one|that|this|its|our|full|quick|rolling|manual|forced|hard|clean) )*$/;
const apart = /[,;:]|\b(?:and|but|or|because)\b/;
/** In characters. */
const nounNearMax = 24;

const patterns = new Map(
  Object.entries(nouns).map(([kind, names]) => [
    kind,
    new RegExp(`(?<![\\w-])(?:${names})(?![\\w-])`, "g"),
  ]),
);

/** Only with a word that says that it was done. */
export function nounOf(thing: Place, text: string, kinds: ReadonlySet<DeedKind>): Place | null {
  const named = [...kinds].flatMap((kind) => [...text.matchAll(patterns.get(kind) ?? /$^/g)]);
  const places = named.map(({ 0: name, index }) =>
    placeWith(thing, { from: index, to: index + name.length }, text),
  );
  return places.find((place) => place !== null) ?? null;
}

function placeWith(thing: Place, noun: Place, text: string): Place | null {
  if (thing.to > noun.from && noun.to > thing.from) return null;
  const from = Math.min(noun.from, thing.from);
  const to = Math.max(noun.to, thing.to);
  const gap = text.slice(Math.min(noun.to, thing.to), Math.max(noun.from, thing.from));
  if (gap.length > nounNearMax || apart.test(gap)) return null;
  const after = isDone.exec(text.slice(to));
  if (after !== null) return { from, to: to + after[0].length };
  return lead.test(text.slice(0, from)) ? { from, to } : null;
}

const ranAfter =
  /^[\w()'".,=-]{0,40}(?:(?! (?:and|but|to|would|should|could|will|can|is not|if)\b) \S+){0,8}? (?:done|complete[d]?|went through|finished|worked|returned|ran|exited|was no use|made no|had no|did(?:n't| not| nothing)|succeeded|came back|ok|says?|said|shows?|showed|gives?|gave|prints?)(?![\w-])|^\s*(?:->|=>|→)/;

/** The shell said no; what it says in quotes after "gives" is that most often. */
const refused =
  /\b(?:says?|said|gives?|gave|returns?|returned|prints?|with) (?:me )?(?:an? )?(?:quoted|\w* ?errors?|forbidden|unauthorized|permission denied|no permission|access denied|not found|timeout|40[13])\b/;

/** A command that is told with its end. */
export function ranIn(thing: Place, text: string): Place | null {
  const after = ranAfter.exec(text.slice(thing.to));
  const isRefused = after !== null && refused.test(text.slice(thing.to));
  return after === null || isRefused ? null : { from: thing.from, to: thing.to + after[0].length };
}
