/** What a sentence claims beyond names and numbers: a cause, an end, that nothing moved, which way it moved. */

import type { Item } from "./item.ts";
import { isRounded, quantitiesIn } from "./quantities.ts";
import { wordsIn } from "./vocabulary.ts";

/** Whatever says that one thing made another: a cause is a word for humans, however it is hedged. */
const causal =
  /\b(?:caus(?:e[sd]?|al|ing|ation|ality)|because|due to|owing to|thanks to|on account of|(?:as|is|are|was|were) (?:a |the )?(?:direct |likely )?(?:result|consequence|effect|product|outcome|symptom)s? of|consequen(?:ce|ces|tly|t)|result(?:s|ed|ing)? (?:in|from)|led to|lead(?:s|ing)? to|trigger(?:s|ed|ing)?|induc(?:e[sd]?|ing)|provok\w+|(?:brought|bring(?:s|ing)?) (?:about|down|on)|introduc(?:e[sd]?|ing)|br(?:eaks?|oke|oken|eaking)|regress(?:ion|ed|es)?|responsible|culprit|blam(?:e[sd]?|ing)|fault|guilty|root|origin(?:s|ates?|ated|ating)?|source of|stem(?:s|med|ming)? from|behind (?:the|this|it|that)|at the bottom|explain(?:s|ed|ing)?|explanation|reason|why|driv(?:e[sn]?|ing)(?: by)?|drove|attribut\w+|traced? (?:back )?to|trac(?:es|ing) back|linked to|tied to|relat(?:es|ed) to|correlat\w+|coincid\w+|contribut\w+|factors?(?! of \b)|impact\w*|affects|affecting|affected by|influenc\w+|propagat\w+|cascad\w+|ripple\w*|knock-on|spread\w*|overwhelm\w*|starv\w+|exhaust(?:s|ed|ing)? (?:the|its|by)|choke[sd]?|overload\w*|therefore|thus|(?:and|,) so (?!far\b|on\b|forth\b|do\b|does\b|did\b|is\b|are\b|has\b|have\b|(?:this|that|it|these|they) (?:is|are|was|were|makes?) (?:about |around |roughly |nearly |almost |some |more than |over )?(?:(?:the )?doubl|twice|(?:a |the )?tripl|half|\w+ times|\w+fold|\d))|block(?:s|ed|ing) (?!queue|pool|list)|hence|accordingly|thereby|so that|with (?:it|that|this)\b|(?<!\b(?:lines?|calls?|requests?|logs?|messages?|entries|answers?|errors of \S+ are) )(?:com(?:e|es|ing)|came) from|which (?:is why|means|made|makes|slows|slowed|raises|raised|pushe[sd]|lets|let)|means? that|suffer(?:s|ed|ing)? from|depends on|ma(?:de|kes|king|ke) (?!to\b|of\b|in\b|from\b|up\b)[^\s,;:.]+(?: [^\s,;:.]+){0,4} (?:slow|slower|fail|wait|worse|rise|fall|grow|crash|restart|time|hang|stall|leak|longer|larger|heavier|busy|unavailable|unreachable|expensive)|(?:slow(?:s|ed|ing)?|push(?:es|ed|ing)?|drag(?:s|ged|ging)?|forc(?:es|ed|ing)) [\w-]+ (?:down|up|out|to)|by (?:raising|lowering|adding|removing|changing|limiting|shrinking|making|turning)|(?:moved|rose|fell|shifted|changed|slowed|slow|failed|failing|down|up) (?:by|from|under|through|with) (?=(?:the |a |its )?(?:change|deploy|release|commit|flag|rollout|pr\b|pull request))|did (?:it|this|that)|(?:is|was) the one|hit by|(?:is|was|are) what\b|in step with|hand in hand|in sync|mirror\w*|proportional\w*|by (?:mistake|accident|design)|(?:rose|fell|began|started|climbed|jumped|grew|slowed|failed|moved|shifted|changed)\b[^,;]{0,40}\b(?:with|by|through|under) (?:the|this|its|that) (?:change|deploy\w*|release|commit|flag|rollout|pull request|config\w*)|bad for|(?:began|begins|started|starts) (?:at|in|with) (?!\d)[\w -]+ and (?:then )?(?:reached|went|moved|travel\w+|passed|hit|got)|points? (?:to|at)|suggests? that|indicates? that|implicat\w+|incriminat\w+)\b/i;

/** That it is over is said by a human. */
const ended =
  /\b(?:re?solv(?:ed|es|ing)?|resolution|fixe?[sd]?|fixing|mitigat\w+|clos(?:e(?! to\b)|es|ed|ing)|cleared?|recover\w*|cured?|solved?|healed|ended|is over|are over|was over|all clear|back (?:to|at|in|up|down|within|with|on its)|(?:is|are|was|were|came|comes|come) back\b|\d\S*(?: [\w/%]+)? again|(?:well|fine|normal|healthy|good|ok|okay|usual) again|return(?:s|ed|ing)? to|no longer|not any ?more|stopped|subsided|settled|gone away|went away|calmed|under control|stand down|all (?:is|are) well|all (?:is |are )?done|done (?:with|here)|works? (?:now|well)|(?:is|are) safe)\b/i;

const denial =
  /\b(?:not(?! (?:about )?\d)|no|none|nothing|neither|nor|never|without|hardly|barely|nowhere|cannot)\b|n['’]t\b/i;
const calm =
  /\b(?:unchanged|flat|stable|steady|quiet|unaffected|healthy|fine|(?<!\d\S* (?:\S+ )?(?:is|was|are|were) )(?<!\b(?:above|over|than|times|below|beyond) (?:the |its )?)normal|constant|constantly|consistently|(?<!\bas (?:[\w-]+ ){1,4})as (?:before|usual|ever)|good|ok|okay|(?:stay\w*|remain\w*|is|are|was|were|about|exactly|look\w*) the same|within (?:its |the )?(?:normal |usual )?range)\b/i;

/** A sentence that says of which incident it is. */
const naming = /\bINC-?(\d+)\b/i;

/** Told by us of an incident that ended, some time ago; not what somebody wrote, in which any number may stand. */
function isPast({ id, kind, text }: Item, number: string): boolean {
  if (kind !== "text") return false;
  const [, own] =
    /^INC-?(\d+) \([^)]* ago\b/i.exec(text) ??
    /^INC-?(\d+)\b/i.exec(id.slice(idStart.length)) ??
    [];
  return (
    (id.startsWith(idStart) || id.startsWith("read:")) &&
    (own ?? id.slice(idStart.length)) === number
  );
}

const idStart = "incident:";

/** Of a past incident a sentence may repeat what that says itself. */
export function claimIn(text: string, cited: readonly Item[]): string | null {
  const [, number] = naming.exec(text) ?? [];
  const isOfPast = cited.every((item) => number !== undefined && isPast(item, number));
  const told = isOfPast ? cited.map(({ text: own }) => own).join(" ") : "";
  const cause = causal.exec(text)?.[0];
  if (cause !== undefined && !says(told, cause) && !isOfTitle(cause, text, cited))
    return `claims a cause ("${cause}"), which is for people to say`;
  const end = ended.exec(text)?.[0];
  if (end !== undefined && !says(told, end))
    return `says that something is over ("${end}"), which is for people to say`;
  return null;
}

/** "Behind the flag" may be what a change's title says, with the same word after it. */
function isOfTitle(cause: string, text: string, cited: readonly Item[]): boolean {
  const at = text.indexOf(cause);
  const [next = ""] = /^\S* [\w-]+ [\w-]+/.exec(text.slice(at + cause.length)) ?? [];
  return cited.some(
    ({ kind, text: own }) => kind === "change" && next !== "" && says(own, cause + next),
  );
}

function says(told: string, words: string): boolean {
  return told !== "" && told.toLowerCase().includes(words.toLowerCase());
}

/** Of a share of errors: "can't complete a quarter of its requests". */
const notDone =
  /\b(?:can(?:no|['’])t|(?:could|do|does|did|can)(?: not|n['’]t)) (?:be )?(?:complet|succeed|answer|serv|finish|process|handl)\w*/gi;

/** "Could not get a connection": no connection. */
const notGot =
  /\b(?:can(?:no|['’])t|(?:could|do|does|did|can)(?: not|n['’]t)) (?:get|obtain|have|find) (?:an?|any)\b/gi;

/** A sentence or a part of one that denies or calms needs a service that was examined and did not shift, or its own words. */
export function denialIn(
  clause: string,
  cited: readonly Item[],
  services: readonly string[],
): string | null {
  const none = clause.replaceAll(notGot, "no");
  const told = cited.some(({ measures }) => measures === "errors")
    ? none.replaceAll(notDone, "fail")
    : none;
  const word = denial.exec(told)?.[0] ?? calm.exec(told)?.[0];
  const isExamined = cited.length > 0 && cited.every(({ kind }) => kind === "examined");
  if (word === undefined)
    return isExamined && /\p{L}/u.test(clause)
      ? "says that something happened where nothing did"
      : null;
  const isSaid =
    cited.some((item) => item.kind !== "metric" && isDeniedBy(told, item)) ||
    startsAtZero(clause, cited);
  const quiet = cited.filter(({ kind }) => kind === "examined").flatMap((item) => item.services);
  const named = services.length === 0 ? quiet : services;
  const isQuiet = quiet.length > 0 && named.every((service) => quiet.includes(service));
  return isSaid || isQuiet
    ? null
    : `says that something did not happen ("${word}"), which nothing that it cites says`;
}

const denied =
  /(?:\b(?<subject>[\w-]+) )?(?<words>\b(?:(?:(?:did|does|do|is|was|were|has|have|had|could|can|would|will) )?not(?: be)?|no|without|cannot|never) [\w-]+)/gi;
const pronoun = /^(?:it|they|that|which|this|these|who|and|there|has|have|got|gets?|with|had)$/i;

/** A change may be not running, a line may say that something did not answer: each denial stands there with what it is said of. */
function isDeniedBy(clause: string, { backing, kind, services }: Item): boolean {
  const told = [...clause.matchAll(denied)];
  const plain = [...clause.matchAll(new RegExp(denial, "gi"))];
  return (
    told.length > 0 &&
    told.length === plain.length &&
    told.every(({ groups: { subject = "", words = "" } = {} }) => {
      const isSubject = /^(?:did|does|do|is|was|were|has|have|had|could|can|would|will) /i.test(
        words,
      );
      const [, passive] = /not be (\w{3,}?)(?:e?d)?$/i.exec(words) ?? [];
      if (passive !== undefined) return says(backing, `not ${passive}`);
      const [, doing] = /^not (\w{3,}?)ing$/i.exec(words) ?? [];
      if (doing !== undefined) return says(backing, `${subject} did not ${doing}`);
      if (kind === "change") return says(backing, words.replace(/^\w+ (?=not)/i, ""));
      if (kind === "log" && services.includes(subject.toLowerCase()))
        return isOwn(backing, subject, words);
      return says(backing, isSubject && !pronoun.test(subject) ? `${subject} ${words}` : words);
    })
  );
}

/** What a line says without saying of whom, it says of whoever wrote it. */
function isOwn(backing: string, subject: string, words: string): boolean {
  return says(backing, `${subject} ${words}`) || says(backing, `"${words}`);
}

const undenied = /\b(?:no|not|cannot|without|never) ((?:[\w-]+ ?){2,4})/gi;
const refusing =
  /\b(?:fail\w*|errors?|unable|lack\w*|missing|refus\w*|reject\w*|den(?:y|ied)|absence|timed? ?out|timeouts?)\b/i;

const telling = /\b(?:log\w*|lines?|messages?|entr(?:y|ies)|says?|said|wait\w*|complain\w*)\b/i;

/** A line that says that something did not happen says nowhere that it did. */
export function affirmedFault(clause: string, cited: readonly Item[]): string | null {
  if (denial.test(clause) || refusing.test(clause) || telling.test(clause)) return null;
  const words = new Set(wordsIn(clause));
  const isAffirmed = cited.some(
    ({ kind, backing }) =>
      kind === "log" &&
      [...backing.matchAll(undenied)].some(([, after = ""]) => {
        return wordsIn(after).some((word) => word.length > 3 && words.has(word));
      }),
  );
  return isAffirmed ? "leaves out the denial of what it cites" : null;
}

/** "There were none before", "a line that was never seen before". */
function startsAtZero(clause: string, cited: readonly Item[]): boolean {
  const isOfBefore =
    /(?:\b(?:none|no|nothing|zero|not|never)\b|n['’]t\b)[^,;]{0,30}\b(?:before|earlier|previously|until then)\b|\b(?:before|earlier|previously|used to)\b[^,;]{0,30}\b(?:no|none|nothing)\b|\bfrom (?:none|nothing|no \w+)\b|\b(?:had|was|were) (?:no|none|zero)\b[^;]*\bnow\b|\b(?:before|until|normally|usually) (?:[\w ]{1,20})?\bnone\b/i.test(
      clause,
    );
  return (
    isOfBefore &&
    cited.some(
      ({ kind, text, quantities }) =>
        (kind === "log" && text.startsWith("new ")) ||
        quantities.some(({ role, value }) => role === "before" && value === 0),
    )
  );
}

const up =
  /\b(?:r(?:ose|ises?|isen|ising)|climb\w*|jump\w*|spik\w+|gr(?:ew|ows?|own|owing|owth)|increas\w+|surg\w+|soar\w*|doubl\w+|tripl\w+|quadrupl\w+|higher|elevated|raised|gain\w*|up (?:from|by|at)|(?<=\b(?:is|are|was|were|went|goes|shot|moved|climbed) )up to|went up|go(?:es|ing) up|above(?! (?:\d|one\b|a\b))|more (?!than|of a\b))(?=\W|$)/i;
/** Of what rose, unless it is said to have fallen. */
const multiplied = /\b(?:\w+fold|times (?:its|the|what|as))\b|×/i;
const down =
  /\b(?:f(?:ell|alls?|allen|alling)|drop\w*|decreas\w+|declin\w+|s(?:ank|inks?|unk|inking)|lower|lowered|shr(?:ank|inks?|unk|inking)|halv\w+|reduc\w+|dip(?:s|ped)?|plung\w+|down (?:from|to|by|at)|went down|go(?:es|ing) down|com(?:es|ing) down|eas(?:es|ed|ing)|reced\w+|wan(?:es|ed|ing)|below(?! (?:\d|one\b|a\b))|fewer (?!than)|less (?!than))(?=\W|$)/i;
const better = /\b(?:better|best|improv\w+)\b/i;
const faster = /\b(?:faster|quicker)\b/i;

/** Which way a metric went since it shifted, where the text tells its newest value and not the one after the shift. */
function turnTold(text: string, { latest, quantities }: Item): Item["direction"] {
  const after = quantities.find(({ role }) => role === "after");
  if (latest === null || after === undefined || latest.value === after.value) return null;
  const isTold = quantitiesIn(text).some(
    (told) => isRounded(told, latest) && !isRounded(told, after),
  );
  return isTold ? (latest.value > after.value ? "up" : "down") : null;
}

/** Null where it moved as it is said, or nothing is said of that. */
export function directionIn(clause: string, items: readonly Item[]): string | null {
  const moved = items.flatMap(({ direction }) => direction ?? []);
  const isFaster = items.some(
    ({ measures, direction }) => measures === "latency" && direction === "down",
  );
  if (better.test(clause) || (faster.test(clause) && !isFaster))
    return "says that something is better";
  if (moved.length === 0) return null;
  const plain = clause.replaceAll(/\bf(?:ell|all(?:s|en|ing)?) (?:far )?behind\b/gi, " ");
  const isDown = down.test(plain);
  const isUp = up.test(plain) || (!isDown && multiplied.test(plain));
  if (!isUp && !isDown) return null;
  const turned = items.flatMap((item) => turnTold(plain, item) ?? []);
  if (isUp && isDown)
    return new Set([...moved, ...turned]).size > 1 ? null : "says that it went both ways";
  const wanted = isUp ? "up" : "down";
  return [...moved, ...turned].includes(wanted)
    ? null
    : `says that it went ${wanted}, and it went the other way`;
}
