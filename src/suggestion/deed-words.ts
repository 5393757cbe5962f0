/** Ways to tell of a deed, brought to one form: "tried restarting" and "the restart is done" become "restarted". */

import { pastOfBase, pastOfGerund } from "./deed-verbs.ts";
import { withoutOthersWords } from "./others-words.ts";

/** In lower case, without what is quoted or passed on, code and Slack's marks. */
export function ownWords(text: string): string {
  return withoutOthersWords(text.replaceAll(/[’‘´]/g, "'"))
    .toLowerCase()
    .replaceAll(/```[\s\S]*?(?:```|$)/g, " ")
    .replaceAll(/^\s*(?:&gt;|>).*$/gm, " ")
    .replaceAll(/["“][^"“”\n]{1,200}["”]/g, " quoted ")
    .replaceAll(/\boff and (?:back )?on\b/g, "off-and-on")
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
  reboot: "rebooted",
  bounce: "bounced",
  "scale-up": "scaled up",
  "scale-out": "scaled out",
};
const noun = Object.keys(nouns).join("|");

/** "The import is paused"; what another thing did is no deed of the people here. */
const passive =
  /\b(?:the )?((?!(?:it|that|this|he|she|they|we|you|i)\b)[\w-]+(?: [\w-]+)?) (?:is|are|was|were|has been|have been) (?:now |already )?(paused|stopped|suspended|killed|reverted|undone|raised|bumped|increased|doubled|reduced|lowered|shortened|renewed|replaced|rotated|drained|cordoned|disabled|revoked|blocked|cancelled|canceled|terminated|ended|restarted|bounced|promoted|opened|cut|skipped|parked)\b(?! by\b)/g;
/** "Memory limit raised", "all pods restarted by me". */
const bareParticiple =
  /^(?:(?:ok|done|fyi)[, ]+)?(?:the |all )?((?!(?:i|we|he|she|they|you|it|just|already|and|then|but)\b)[\w-]+(?: [\w-]+)?) (?:(paused|suspended|raised|bumped|increased|doubled|reduced|lowered|shortened|renewed|rotated|drained|cordoned|disabled|revoked|blocked|cancelled|terminated|promoted)(?=$| to \d)|(restarted|bounced|killed|paused|stopped)(?= by (?:me|us|hand)\b))/;

/** "We did bump it"; "I have make the rollback" is written too. */
const emphatic =
  /\b(i|we|they|he|she|ops) (?:did|have|has)(?: also| just| already)* ([a-z-]{3,})(?= \w)/g;

/** One of these tells of a look as well as another. */
const looked =
  /\b(?:looked (?:at|into|through)|went (?:through|over)|(?:had|took) a (?:quick )?look at|verified|inspected|reviewed|examined|double-?checked|tested)\b/g;

/**
 * `hasEffect`: the sentence says what came of it, so that "after restarting" tells of a deed and not of a plan.
 * A noun counts as a deed only with a word that says so.
 */
export function inPast(sentence: string, hasEffect: boolean): string {
  const lead = hasEffect
    ? "tried|finished|done|after|by|ended up"
    : "tried|finished|done|ended up|(?:thanks|thank you|thx|ty|cheers|kudos|props)(?: \\S+)? for";
  const start = hasEffect ? "^|" : "";
  const gerund = new RegExp(
    String.raw`(?:${start}\b(?:${lead})(?: with)? (?:already )?)([a-z]{3,})ing\b`,
    "g",
  );
  const attempted = new RegExp(
    String.raw`\b(?:tried|did|made|done|after|took care of|handled|finished|completed|performed|ran) (?:already )?(?:(?:a|an|the|another|one) )?(?:quick |full |rolling )?(${noun})\b`,
    "g",
  );
  const ended = new RegExp(
    String.raw`\b(?:the |a )?(${noun})(?= (?:(?:of|on|to) \S+ )?(?:is |was |has |)(?:now |already )?(?:done|complete[d]?|finished|through|out|live|brought|had no|was no use|made (?:no|it (?:\w+ )?(?:worse|better)|things (?:worse|better))|did(?:n't| not)(?! (?:happen|go|start|run|finish|complete|take|get|come|land|even))|does(?:n't| not)|has(?:n't| not) (?:help|chang|made)|deployed|merged|shipped|in$|(?:has |have |really )?(?:fixed|solved|resolved|cured|helped|worked|did it|did the trick)))`,
    "g",
  );
  return sentence
    .replaceAll(emphatic, (all, subject: string, base: string) => {
      const past = pastOfBase(base);
      return past === null ? all : `${subject} ${past}`;
    })
    .replaceAll(looked, "checked")
    .replaceAll(passive, "$2 $1")
    .replace(bareParticiple, "$2$3 $1")
    .replaceAll(gerund, (_all, stem: string) => pastOfGerund(`${stem}ing`))
    .replaceAll(attempted, nounInPast)
    .replaceAll(ended, nounInPast);
}

function nounInPast(_all: string, name: string): string {
  return nouns[name] ?? name;
}
