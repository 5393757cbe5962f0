/** Ways to tell of a deed, brought to one form: "tried restarting" and "the restart is done" become "restarted". */

/** In lower case, without what is quoted from elsewhere, code and Slack's marks. */
export function ownWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[’‘´]/g, "'")
    .replaceAll(/```[\s\S]*?(?:```|$)/g, " ")
    .replaceAll(/^\s*(?:&gt;|>).*$/gm, " ")
    .replaceAll(/[*~"“”`]/g, " ")
    .replaceAll(/[ \t]+/g, " ");
}

const nouns: Readonly<Record<string, string>> = {
  rollback: "rolled back",
  "roll-back": "rolled back",
  "roll back": "rolled back",
  restart: "restarted",
  revert: "reverted",
  failover: "failed over",
  "fail-over": "failed over",
  redeploy: "redeployed",
  "scale-up": "scaled up",
  "scale-out": "scaled out",
};
const noun = Object.keys(nouns).join("|");

const irregular: Readonly<Record<string, string>> = {
  reading: "read",
  undoing: "undid",
  taking: "took",
  cutting: "cut",
  running: "ran",
  setting: "set",
  resetting: "reset",
  putting: "put",
  getting: "got",
  finding: "found",
};

/**
 * `hasEffect`: the sentence says what came of it, so that "after restarting" tells of a deed and not of a plan.
 * A noun counts as a deed only with a word that says so.
 */
export function inPast(sentence: string, hasEffect: boolean): string {
  const lead = hasEffect ? "tried|finished|done|after|by" : "tried|finished|done";
  const start = hasEffect ? "^|" : "";
  const gerund = new RegExp(
    String.raw`(?:${start}\b(?:${lead})(?: with)? (?:already )?)([a-z]{3,})ing\b`,
    "g",
  );
  const attempted = new RegExp(
    String.raw`\b(?:tried|did|done|after) (?:already )?(?:(?:a|an|the|another|one) )?(?:quick |full |rolling )?(${noun})\b`,
    "g",
  );
  const ended = new RegExp(
    String.raw`\b(?:the |a )?(${noun})(?= (?:of \S+ |on \S+ )?(?:is |was |has |)(?:now |already )?(?:done|complete[d]?|finished|through|out|live|had no|made no|did(?:n't| not)|does(?:n't| not)|has(?:n't| not) (?:help|chang|made)))`,
    "g",
  );
  return sentence
    .replaceAll(gerund, (_all, stem: string) => irregular[`${stem}ing`] ?? `${stem}ed`)
    .replaceAll(attempted, nounInPast)
    .replaceAll(ended, nounInPast);
}

function nounInPast(_all: string, name: string): string {
  return nouns[name] ?? name;
}
