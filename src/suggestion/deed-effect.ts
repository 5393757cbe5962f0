/** What words say came of a deed: it was in vain, it helped, it fixed it, it ruled something out. */

import type { OutcomeLabel } from "../vocabulary.ts";

export type DeedEffect = Extract<OutcomeLabel, "no_effect" | "resolved" | "helped" | "ruled_out">;

/** What, standing before the words, makes them no deed of this incident. */
export const unreal = new RegExp(
  [
    String.raw`\b(?:not|never|nobody|without|hardly|cannot|neither|nor)\b|n't\b|\bno (?:one|need)\b`,
    String.raw`\b(?:should|shall|could|would|will|might|may|must|lets?|let's|gonna|wanna|gotta|cannot|can)\b|'(?:ll|d)\b`,
    String.raw`\b(?:going|about|want(?:s|ed)?|plan(?:s|ning|ned)?|need(?:s|ed)?|ha(?:ve|s|d)|ought|supposed|ready|trying|meant|asked|told|tempted) to\b`,
    String.raw`\b(?:if|unless|until|till|before|whether|once|in case|instead of|as soon as|rather than)\b`,
    String.raw`\b(?:maybe|perhaps|probably|possibly|please|pls|suggest\w*|recommend\w*|consider\w*|propos\w+|think|thought|guess|assum\w+|believe|wonder\w*|hop(?:e|ing)|wish|forgot|waiting|wait|nearly|almost|remember when|said|claims?|claimed|heard|supposedly|allegedly|needs?|wants?|(?:smells?|feels?|sounds?|looks?|seems?) like|being|gets|get it|getting)\b`,
    String.raw`\b(?:next|todo|option|plan|idea|vote for|\+1)\b[^,]{0,20}[:-]`,
  ].join("|"),
);
const vain =
  /\b(?:no|zero|without|without any|little|not much|not any) (?:luck|effect|change|difference|improvement|joy|help|dice|impact|relief)\b|\b(?:did|does|do|has|have|had)(?:n't| not) (?:\w+ )?(?:budge|bite|dent|bring|register|show any|help|helped|work|worked|change|changed|fix|fixed|do anything|do a thing|done anything|make|made|move|moved|improve|improved|matter)\b|\b(?:made|makes|making) no difference\b|\bnothing (?:changed|moved|happened|improved)\b|\bstill (?:\w+ )?(?:broken|bad|slow|failing|oom\w*|leaking|climbing|growing|rising|throwing|crashing|restarting|stuck|degraded|unhealthy|lagging|burning|dying|dies|dead|choking|flapping|looping|broke|hanging|blocked|spiking|returning|high|the same|erroring|elevated|down|there|seeing|happening|alerting|firing|red|timing out|5xx|pinned|maxed|pegged|saturated|full|\d)|\bsame (?:\d\w* |old )?(?:thing|errors?|5\d\ds?|5xx|story|here|result|as before|latency|picture|(?:\w+ )?waits|timeouts|symptoms?|graphs?)\b|\b(?:neither|none)(?: of (?:it|them|those|that|these|the two))? (?:helped|worked|did anything|changed anything|made a difference)\b|\bnothing helped\b|\b(?:errors?|latency|picture|symptoms?|p99) (?:is |are )?(?:the same|as before)\b|\bto no avail\b|\bin vain\b|\buseless\b|\bnot (?:helping|better|fixed|it either)\b|\bno better\b|\bno,? luck\b|\bunchanged\b|\b(?:did|brought|changed|gave us) nothing\b|\bnothing (?:gained|to see|in there|there|came of it|doing)\b|\bdead end\b|\b(?:no|zero) (?:use|dent|gain|cigar|improvement)\b|[,:] (?:same|nothing|nope|nada)\.?$/;
/** Said outright: that it is better by now is no word on what did it. */
const fixed =
  /\b(?:rollback|restart|revert|failover|(?:rolling|scaling|restarting|reverting|turning|raising|killing)(?: \w+)?) worked\b|\b(?:that|this|it|which|and|(?:rollback|restart|revert)(?: of \S+)?|one|second|latter|last) (?:has |have |just )?(?:fixed|solved|resolved|cured|sorted) (?:it|this|that|things|everything|the \w+)\b|\b(?:that|this|it|which) did (?:it|the trick)\b(?! (?:again|happen))|\b(?:that|this) was it\b|^(?:fixed|solved) it\b/;
const helped =
  /\b(?:that|this|it|which|and|rollback|restart|revert) (?:has |have |really |did )?helped\b|(?:^|, )helped\b|\bhelped (?:a (?:bit|little|lot)|some(?:what)?|for (?:a|an|\w+) (?:bit|moment|while|minutes?|hours?))\b/;
const excluded = /\bruled (?:it |that |this |them )?out\b|\bnot the (?:cause|culprit|problem)\b/;

/** null: nothing, or nothing that is plain. "Did not help" goes before any other word. */
export function effectIn(text: string): DeedEffect | null {
  if (vain.test(text)) return "no_effect";
  if (isSaid(text, fixed)) return "resolved";
  if (isSaid(text, helped)) return "helped";
  return isSaid(text, excluded) ? "ruled_out" : null;
}

/** "That fixed it." after "Rolled back."; a longer sentence speaks of something else. */
export function effectAtStart(sentence: string): DeedEffect | null {
  if (sentence.length > 80 || sentence.endsWith("?")) return null;
  const effect = effectIn(sentence);
  const at = effect === null ? -1 : sentence.search(patterns[effect]);
  return at >= 0 && at <= 20 ? effect : null;
}

const patterns: Readonly<Record<DeedEffect, RegExp>> = {
  no_effect: vain,
  resolved: fixed,
  helped,
  ruled_out: excluded,
};

/** Hopes, conditions and negations before the words take them back. */
function isSaid(text: string, words: RegExp): boolean {
  const match = words.exec(text);
  return match !== null && !text.endsWith("?") && !unreal.test(text.slice(0, match.index));
}

export function withoutVain(text: string): string {
  return text.replaceAll(new RegExp(vain, "g"), " ");
}
