/** Whether words that are no known question are about a trouble all the same: they tell of one, or ask what to do about it. */

const asks =
  /\b(look|check|read|investigate|analy[sz]e|diagnose|again|refresh|steps?|suggest\w*|ideas?|proposals?|propose|recommend\w*|hypothes[ei]s|options?|next|(what|and|and what) now|what (else|should|shall|can|could|do|would)|what to do|why|how bad|root cause|caus(e[ds]?|ing)|mitigat\w*|evidence|findings?|help)\b/i;

const tells =
  /\b(slow\w*|down|up|back|broken?|breaks?|breaking|errors?|erroring|fail\w*|tim(e|es|ed|ing)[ -]?outs?|latenc\w*|p\d\d|stuck|hang(s|ing)?|hung|crash\w*|dead|dying|degraded|outages?|unavailable|unreachable|wors(e|ening)|better|still|red|[45]\d\d|[45]xx|spik\w*|high|low|ris(e|es|ing)|drop\w*|los(t|ing|s)|full|flat|throttl\w*|restart\w*|roll(s|ed|ing)?|rollbacks?|revert\w*|scal(e|es|ed|ing)|fix(ed|es)?|cannot|can't|won't|doesn't|alerts?|alerting|firing|paged?|incidents?|problems?|issues?|troubles?|symptoms?|normal|recover\w*|gone|fine|ok(ay)?|healthy|stable|metrics?|logs?|graphs?|dashboards?)\b/i;

/** `words`: without the mention. A net with wide meshes: what tells of a trouble must not be waved away. */
export function isAboutTrouble(words: string): boolean {
  return asks.test(words) || tells.test(words);
}
