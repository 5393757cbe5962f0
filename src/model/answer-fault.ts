/** What a model's sentence may not do beside claiming too much: give orders, and in an answer make somebody's words its own. */

/** Deeds on systems and people, as a sentence begins that orders them. */
const verbs =
  "restart|reboot|roll back|rollback|revert|undo|redeploy|deploy|scale|drain|cordon|evict|kill|stop|start|delete|drop|remove|truncate|flush|purge|clear|disable|enable|turn|switch|toggle|run|execute|apply|raise|lower|increase|decrease|reduce|set|change|fail ?over|promote|rotate|renew|revoke|open|visit|click|follow|send|post|share|paste|page|call|tell|ask|mark|close(?! to)|resolve|ignore|try|make sure|consider|take|put|leave|give";
const order = new RegExp(
  String.raw`^(?:(?:now|then|next|first|so|and|also|please|just|instead|finally)[\s,]+)*(?:${verbs})\b(?! \/|-)(?!.*\b(?:had|has|was|were|is|did|made|helped|fixed|went|rose|fell|began|started|jumped|climbed)\b)`,
  "i",
);
const duty =
  /\b(?:(?:you|we|they|people|somebody|someone|everyone|one|team) (?:should|must|need|have to|ought|can(?! (?:see|say|be))|could(?! (?:see|say|be)))|should (?!be (?:noted|mentioned|said)\b)|must|ought to|(?:needs?|has|have) to (?!be (?:named|said|noted|read|mentioned)\b)|needs? (?:more|less|fewer|another|additional|a (?:bigger|larger|smaller|new)|bigger|larger)\b|(?:is|are) to be (?!named|said|noted|read|mentioned|seen|found)|let's|please|(?<!\brunbook )recommend\w*|suggest(?:s|ed|ing)|(?:we|i) suggest|advis\w+|it is (?:best|time|safe) to)\b/i;

/** What a runbook tells to do may be told of it. */
const quoting =
  /\b(?:according to|by|per) the runbook\b|\bthe runbook (?:says|recommends|suggests|advises|asks|tells|wants|lists|names)\b/i;

/** What somebody did about it; not what is to be done. */
const deed =
  /(?<!\b(?:be|being|to|can|could|should|would|might|must|will|not) )\b(?:rolled (?:\w+ ){0,4}back|restarted|rebooted|redeployed|bounced|failed over|drained|scaled (?:up|out|down|in))\b|\b(?:was|were|has been|have been|got|is) (?:already |just )?(?:done|tried|ruled out|undone|finished by)\b|\b(?:rollback|roll-?back|restart|failover|fix|rolling back|restarting)\b.{0,40}\b(?:done|tried|helped|not needed|no effect)\b/i;
/** Ids of what anybody can write, whose word is nobody's of the channel. */
const outside = /^(?:log|change|runbook|incident|read|alert):/;
const ofThen = /\binc-?\d+\b|\b(?:that|the earlier|the previous) incident\b|\bback then\b/i;
const ofList =
  /\b(?:ranked|(?:first|second|third|last|top|next) step|steps? \d|(?:comes?|goes) (?:first|last)|(?:from|off|of|on) the list|can be (?:ignored|skipped|dropped))\b/i;

interface Cited {
  readonly text: string;
  readonly cites: readonly string[];
}

function pastFault({ text, cites }: Cited): string | null {
  const own = withoutQuotes(text);
  const isOutside = cites.length > 0 && cites.every((cite) => outside.test(cite));
  if (isOutside && deed.test(own) && !ofThen.test(own) && !quoting.test(own))
    return "tells of a deed that nobody in the channel told of";
  const isOfStep = cites.some((cite) => cite.startsWith("step:"));
  return ofList.test(own) && !isOfStep
    ? "tells of the list of steps, which stands for itself"
    : null;
}

/** In words that go on from "It"; null: none. */
export function orderFault({ text, cites }: Cited): string | null {
  const own = withoutQuotes(text);
  const clauses = own.split(/[.;:!?]\s+|\n|\s[–-]\s/);
  const isOrder =
    clauses.some((clause) => order.test(clause.trim())) || (duty.test(own) && !quoting.test(own));
  if (isOrder) return "tells people what to do, which the list of steps is for";
  return pastFault({ text, cites });
}

function withoutQuotes(text: string): string {
  return text.replaceAll(/["“”][^"“”]*["“”]/g, " ");
}

/** As above. */
export function answerFault({ text, cites }: Cited): string | null {
  const ordered = orderFault({ text, cites });
  if (ordered !== null) return ordered;
  const own = withoutQuotes(text);
  const isOfMessage = cites.some((cite) => cite.startsWith("message:"));
  return isOfMessage && own === text ? "repeats a message without quoting it" : null;
}
