/** Whether a message says that the trouble is over; hopes, questions, halves, other services and others' deeds do not (DESIGN §8). */

import { effectIn, unreal, withoutVain } from "./deed-effect.ts";
import { verbsIn, type VerbTold } from "./deed-verbs.ts";
import { ownWords } from "./deed-words.ts";
import { sentencesOf } from "./deed-clauses.ts";
import type { AboutService } from "./deed-clauses.ts";

/** "That did it", or only that it is over. */
export type EndSaid = "did it" | "over";

/** null where anything in the message speaks against it: then a question is better than a guess. */
export function endIn(
  text: string,
  about: AboutService = { service: null, services: [] },
): EndSaid | null {
  if (notMeant.test(text) || isOfAnother(text)) return null;
  const sentences = sentencesOf(text, about).map(({ clauses }) => clauses);
  const isAmiss = sentences
    .flat()
    .some((clause) => clause.isElsewhere || clause.isAboutAnother || isInVain(clause.text));
  if (isAmiss) return null;
  const ends = sentences.map((clauses) => endOf(clauses.map((clause) => clause.text)));
  const first = ends.findIndex((end) => end !== null);
  const isContrasted = sentences
    .slice(first + 1)
    .some(([clause]) => contrast.test(clause?.text ?? ""));
  return first === -1 || isContrasted ? null : (ends[first] ?? null);
}

function isInVain(clause: string): boolean {
  return effectIn(clause) === "no_effect";
}

function endOf(clauses: readonly string[]): EndSaid | null {
  const sentence = clauses.join(", ");
  if (doubt.test(sentence)) return null;
  for (const [index, clause] of clauses.entries()) {
    if (effectIn(clause) === "resolved") return "did it";
    const isAfterDeed = tellsOfDeed(clauses[index - 1] ?? "");
    const match = over.exec(clause) ?? (isAfterDeed ? overSince.exec(clause) : null);
    const at = match?.index ?? 0;
    const before = [...clauses.slice(0, index), clause.slice(0, at)].join(", ");
    const after = [clause.slice(at), ...clauses.slice(index + 1)].join(", ");
    if (match !== null) {
      const isUnreal = unreal.test(withoutVain(before)) || condition.test(clause.slice(0, at));
      return isUnreal || contrast.test(after) ? null : "over";
    }
  }
  return null;
}

/** "Rolled back", "flag is off", "we are on the second provider now". */
function tellsOfDeed(clause: string): boolean {
  return changed.test(clause) || verbsIn(clause).some(isNoLook);
}

const isNoLook = ({ kinds }: VerbTold) => !kinds.has("look");

const changed =
  /\b(?:is|are|'s|'re) (?:now )?(?:off|out|paused|blocked|stopped|disabled|drained)$|\b(?:flushed|cleared|purged|emptied)\b|\b(?:is|are|'s|'re) (?:back )?(?:on|at) .{1,40} now$/;

const state =
  "(?:fine|good|ok|okay|normal|healthy|green|stable|clear|back|up|working|responding|recovered|fixed|solved|resolved|sorted)";
const how = "(?:all |back |now |again |fully |completely |totally |perfectly )*";
const signal =
  "(?:errors?|error rates?|5\\d\\ds?|5xx|timeouts?|alerts?|exceptions?|failures|crashes|latency|latencies|p\\d{2}|lag|backlog|queues?|retries|restarts|spikes?|symptoms?|slow (?:requests|queries))";
/** The end of a clause, or nothing more than for whom. */
const end =
  "(?: (?:again|now|here|folks|everyone|on (?:our|my) (?:side|end)|for (?:everyone|us)|:\\w+:))*[.!]?$";

const over = new RegExp(
  [
    String.raw`\bback (?:to|at) (?:normal|baseline|usual|green|healthy|zero|0\b)`,
    String.raw`\bback (?:to|under|below|at) \d+ ?ms\b`,
    String.raw`\b(?:everything|things|all|we|it)(?:'s|'re| is| are| looks?)? ${how}${state}${end}`,
    String.raw`^(?:and |so |ok |all |looking |confirmed |verified )*(?:fine|good|normal|healthy|green|stable|working|recovered|fixed|resolved|sorted) (?:again|now)${end}`,
    String.raw`\b(?:is|are|'s|looks?) ${how}${state} (?:again|now)\b(?! that\b)`,
    String.raw`\b(?:is|are) (?:now|again) ${state}\b`,
    String.raw`\b(?:works?|working|responds?|serving|flowing|loads?|go(?:es|ing)? through) (?:fine |normally )?again\b`,
    String.raw`\b(?:working|responding|serving) (?:fine|normally|properly|as usual) now\b`,
    String.raw`\b${signal} (?:is |are |has |have |all )*(?:stopped|gone|cleared|subsided|disappeared|vanished|recovered|ceased|drained|over)\b`,
    String.raw`\b${signal}(?:'s)? (?:is |are |went |dropped |fell )*(?:back )?(?:down )?to (?:zero|0|normal|baseline)\b`,
    String.raw`\bno more ${signal}\b|\bno (?:new )?${signal} (?:any ?more|since|for (?:the last |over )?\d+ min\w*)\b`,
    String.raw`\b(?:customers|users|people|clients) (?:can|are able to) \w+(?: \w+){0,2} again\b`,
    String.raw`\b(?:fully |completely )?recovered\b(?! (?:from|by)\b)`,
    String.raw`^(?:and |so |confirmed )?(?:(?:problem|issue|incident|outage) (?:is )?)?(?:fixed|solved|resolved|sorted|over)${end}`,
  ].join("|"),
);

/** Too little to be the end by itself; after a deed it is what came of it. */
const overSince = new RegExp(
  [
    String.raw`\b(?:slow|bad|failing|failed|stuck|hanging|broken|stale|angry|long) (?:ones|requests|queries|calls|pages|carts|orders|jobs|responses) are gone${end}`,
    String.raw`\bcomplaints (?:are gone|stopped)${end}`,
    String.raw`\b(?:payments|orders|checkouts?|logins|requests|calls|writes|messages|emails|jobs|cards|uploads|pages|inserts) (?:(?:go|goes|get|come|are going|are getting) through|flow|are flowing|work|succeed|load|complete)(?: fine| normally| ok)?${end}`,
    String.raw`\bqueue is empty${end}`,
  ].join("|"),
);

/** Anywhere in the sentence: said of a part, of a while, of a hope, by somebody else, or of what came by itself. */
const doubt = new RegExp(
  [
    String.raw`\b(?:hopefully|fingers crossed|seem(?:s|ed|ing)?|seemingly|apparently|looks? like|might|maybe|perhaps|probably|should|not sure|unsure|says?|reports?|according to|their)\b`,
    String.raw`\b(?:only|half|most(?:ly)?|part(?:ly|ially)?|some|almost|nearly|slowly|somewhat|a bit|a little|except|apart from|other than|getting|trending|heading)\b`,
    String.raw`\b(?:for now|so far|for the moment|for (?:a|an|one|some) (?:second|moment|bit|while|time|minute)|lasted)\b`,
    String.raw`\b(?:by itself|on its own|self.?heal\w*|false alarm|anyway|regardless|coincidence|unrelated|just in case|no (?:idea|clue)|before (?:i|we)|when (?:i|we)|already (?:back|fine|good|normal|over|recovered))\b`,
    String.raw`\b(?:nothing|none|nobody|everyone is|or is it|just me|wow|in (?:the|a) (?:branch|code|pr)|deploying)\b`,
    // Up or back again is what nobody wants of an error.
    String.raw`\b${signal} (?:is|are|went|goes) (?:back )?up\b`,
    String.raw`\b${signal} (?:is|are|came|come) back\b(?! (?:to (?:normal|baseline|usual|zero|0\b)|down|under|below|at|to \d+ ?ms))`,
  ].join("|"),
);
const contrast =
  /\b(?:but|however|though|although|yet|until|unless|if|not|lasted)\b|n't\b|\bcame back\b/;
const condition = /\b(?:when|whenever|while|after) (?:\w+ )*$/;
const notMeant =
  /\bthis is fine\b|🙃|🔥|🤡|:(?:upside_down_face|fire|clown(?:_face)?|facepalm|this-is-fine|face_with_rolling_eyes)\w*:/i;

const deed =
  "(?:rolled|reverted|restarted|bounced|killed|scaled|failed|switched|turned|flipped|disabled|raised|paused|stopped|renewed|rotated|cleared|flushed|drained|redeployed|deployed|fixed|undid|put|took|rebooted|did)";
/** "The vendor restarted their side": the word of who did it is better than hearsay. */
const byAnother = new RegExp(
  String.raw`(?:<@\w+(?:\|[^>]*)?>|@\w+|\b(?:he|she|they|you|someone|somebody|vendor|provider|supplier|\w+ team|the \w+ (?:guys|folks|people))) (?:has |have |just |already )*${deed}\b`,
  "i",
);
/** A name at the start of a clause, as only names are written. */
const byName = new RegExp(
  String.raw`(?:^|[.,;:!] |\band )(?!(?:I|We|Just|Already|Then|Now|Have|Had|And|So|Also|Ok|Okay|Finally|Flag|Deploy|Release|Config)\b)[A-Z][a-z]+ (?:has |just |already )*${deed} (?:it|the|that|this|back|out|over|off)\b`,
);

function isOfAnother(text: string): boolean {
  return byAnother.test(ownWords(text)) || byName.test(text);
}
