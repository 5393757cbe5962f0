/** Where a clause tells what a look at something found: "conntrack is at 98 %", "jstack shows 200 threads", "no slow queries". */

import type { Place } from "./deed-verbs.ts";

const oneOf = (words: string) =>
  words
    .trim()
    .split(/\s*\|\s*/)
    .join("|");

const link = String.raw`(?::|'s|'re|(?: (?:is|are|was|were|looks?|looked|seems?|sits?|sat|stays?|stayed|remains?|remained|reads?|has|have|had|went|goes|hovers?|stands?|runs?|came|come|comes|back|gone|been|keeps?|got|gets?|feels?))+)`;
const adverb = String.raw`(?: (?:now|still|all|pretty|totally|completely|mostly|nearly|way|well|just|only|quite|very|too|really|absolutely|perfectly|roughly|basically|at|on|not|no|barely|fully|constantly|about|around|almost|also|both|as|super|suspiciously|up|down|to|the|a|an|its|their|our|out|of|in|more than|less than|over|under|below|above|from))*`;
/** What a reading may be: how much, how it is, how it moves. */
const states = oneOf(String.raw`
  fine|good|ok|okay|normal|clean|clear|healthy|unhealthy|green|red|flat|stable|steady|growing|climbing|rising|falling|shrinking|
  dropping|increasing|zero|none|nothing|nil|empty|full|exhausted|maxed out|maxed|max|saturated|starved|busy|idle|free|low|lower|
  high|higher|slow|slower|fast|short|long|longer|quiet|noisy|hot|cold|warm|valid|invalid|expired|stale|fresh|current|behind|ahead|
  stuck|missing|present|complete|identical|same|equal|different|unchanged|sync|synced|off|skewed|through the roof|spiking|spiked|
  spikes|dominated|harmless|innocuous|suspicious|boring|passing|failing|failed|operational|degraded|blocked|lagging|caught up|
  leaking|tiny|huge|small|large|negligible|nominal|expected|usual|nowhere near|close to|limits?|ready|notready|dead|alive|clogged|
  pinned|capped|throttled|pegged|hammered|even|uneven|balanced|sane|unremarkable|intact|backed up|piling up|pile up|elevated|
  ordinary|solid|crawling|spotless|there|waiting|hanging|hung|erroring|doubled|tripled|halved|dropped|jumped|rose|fell|grew|
  shot up|collapsed|tanked|exploded|plummeted|up|down|level|constant|average|trivial|minimal|fragmented|bloated|garbage|correct|
  wrong|right|reachable|resolving|available|unavailable|innocent|mismatched|matching|match|line with|pace|between|like (?:always|every|usual|before|normal)|microseconds|
  milliseconds|track|half|twice|double|triple|old|[~<>≈]? ?\d[\w.,/%:]*|
  (?:an?|one|two|three|four|five|six|ten|half an) (?:\w+ )?(?:seconds?|minutes?|mins?|hours?|days?)`);
const ofWhat = String.raw`(?:'s)?(?: (?:of|on|in|from|for|at|to|between|inside|across|under|by|against) (?:the |our |all |each |both |every )?[\w./-]+(?: (?!is |are |was |were |looks? )[\w./-]+)?)?`;
const noun = String.raw`(?: (?!(?:and|or|but|that|which|if|should|could|would|will|might|may|can|must|not|needs?|to|at|is|are|was|were|looks?|seems?|has|have|had|after|before)\b)[\w/.%+()-]+)`;
const ending = String.raw`(?= *(?:$|[,.)]|on |in |from |for |to me|again|now|everywhere|here|at |since |after |before |of |\d))`;
/** "Dig is at 2 ms", "the diff looks harmless", "dns ok". */
const stated = new RegExp(
  String.raw`^(?:(?:${noun}{0,2}?${ofWhat}|${ofWhat}${noun}{0,2}?)${link}${adverb} (?:${states})|${ofWhat}${noun}?(?: (?:now|still|all|both|pretty|totally|at|only|just|not|also|as))* (?:${states})${ending})(?![\w-])`,
);
/** "Gc pauses of 4 s"; what something takes or costs is no reading of it. */
const measured =
  /^(?: (?!(?:should|could|would|will|might|may|can|must|needs?|to be|if|until|unless|and|but|because|so|for|takes?|took|costs?|slows?|delays?|expires?|each|per)\b)[\w./-]+){0,7}? (?:x\d+|[~<>≈]?\d[\d.,]*\s?(?:ms|s|sec|seconds|min|minutes|%|k|m|gb|mb|g|gib|mib|kib|gi|mi|x|times|\/s|\/min))(?![\w-])/;
/** Verbs of what shows something, and of what moves; "has", "is in" and the like say how things are in general. */
const tells = oneOf(String.raw`
  shows?|showed|shown|mentions?|mentioned|admits?|says?|said|lists?|listed|reports?|reported|tells?|told|points?|pointed|blames?|names?|prints?|printed|
  returns?|returned|gives?|gave|counts?|confirms?|confirmed|reveals?|revealed|complains?|spends?|spent|waits?|answers?|answered|
  resolves?|resolved|climbs?|grows?|falls?|rises?|spikes?|spiked|dropped|jumped|hit|hits|clean|finds?|found|see|sees|went|wants?|
  agrees?|differs?|matches|match|contains?|holds?|puts?|ranks?|come|comes|came|go|goes|explodes?|doubles|doubled|tripled|halved|
  rose|fell|grew|shrank|exceeds?|fails|blocks?|looks|landed|arrived|ended|stopped|say|overflows?|overflowed|overflowing|
  ends? with|ends? in|ended with|times? out|timed out|touch(?:es|ed)?|adds|misses|loses?|lost|loops?|crashes|leaks?|leaking|lags?|lagged|
  (?:has|have|had) (?:no|nothing|lots|tons|many|several|only|just|an? (?:incident|error|entry|new|spike|gap|outage)|hung|errors?|warnings?|about|around|over|hundreds|thousands|~?\d\S*|(?:disk|memory|pid) pressure|\w+ (?:errors|warnings|messages|entries|resets|changes))|
  (?:did|does|do)(?:n't| not) (?:scale|move|show|grow|change|drop|fall|lag)|
  (?:is|are|was|were) (?:all|mostly|only|just|half|full|almost all|entirely|dominated|waiting|blocked|stuck|an? (?:\w+ )?(?:scan|monster|beast)|not (?:growing|full|exhausted|expired|in|moving))`);
const telling = new RegExp(
  String.raw`^(?:${noun}{0,2}?${ofWhat}|${ofWhat}${noun}{0,2}?) (?:${tells})(?![\w-])`,
);
const ahead =
  /(?:^|[\s(])(?:no|zero|not a single|not one|hardly any|barely any|(?:nothing|anything|none|something)(?: \w+){0,2} (?:in|on|at|from|of)|(?:lots|tons|plenty|hundreds|thousands|dozens|loads|heaps) of|plenty|enough|sufficient|no(?: \w+){1,3} (?:in|on)|a (?:lot|bunch|ton|few|couple|handful) of|(?:i|we|only|just) (?:only )?(?:see|saw|found|have)|seeing|saw|many|several|(?:not|missing|absent) (?:in|from)|there (?:is|are|was|were)(?: no| a| an| some)?|(?:can't|cannot|couldn't|can not|could not|don't|didn't|do not|did not) (?:find|see|spot) (?:any|a|anything)(?: \w+)?(?: (?:in|on|from))?)\s+(?:(?:the|a|an|any|our|such|new|more|other|single|real|obvious|sign of|signs of|trace of|traces of) )*(?:(?!(?:time|idea|access|need|one|way|point|permission|chance|reason|clue|word|news|to|on|for|more|please|about|from|and)\b)[\w%-]+ ){0,2}$/;
const counted =
  /(?:^|\s)(?:\d+ ?(?:of|\/|out of) ?\d+(?: \w+ (?:in|on))?|\d[\d.,]*[km%x]?(?: of)?) (?:the |our |all |new |more |open |total )?$/;
/** "Describe says OOMKilled". */
const shown =
  /\b(?:describe|logs?|events?|graphs?|dashboards?|metrics?|grafana|datadog|sentry|kibana|dmesg|kubectl \S+|status|state|k9s|lens|last state) (?:says?|said|shows?|showed|reports?|lists?|reads?)(?: \S+)? $/;
const without =
  /\b(?:time|idea|access|need|way|point|permission|chance|reason|clue|plans?|intention|luck|one)\b/;
/** Said of the thing in general. */
const general =
  /^(?: \w+)? (?:could|would|might|may|should|can|will|explains?)\b|\b(?:symptoms?|not my|not our|in general|usually|normally|by design|always|never|on (?:mondays|tuesdays|wednesdays|thursdays|fridays))\b/;
/** Said of what would show it. */
const ofInstrument =
  /\b(?:not|n't)(?: \w+)? (?:available|installed|enabled|permitted|working|loading|accessible|responding)\b|n't (?:available|installed|enabled|permitted|work|working|load|loading|accessible|responding|open)\b|\bwants? (?:\w+ )?(?:2fa|mfa|sso|otp|vpn|login|password|token)\b|\bno \S+(?: \S+)? (?:in|on) (?:this|that|the|our|these|those) (?:\w+ )?(?:images?|base image|distroless)\b|\b(?:metrics?|panels?|graphs?|dashboards?|symbols|alerts?|links?|access|docs|runbooks?) (?:(?:is|are|has|have|was|were) )?(?:missing|broken|down|gone|resolved|cleared|muted|firing)\b|\b(?:has|have) no (?:panel|metrics?|dashboard|graph|owner|symbols|alerts?|runbook|docs)\b/;
const headWordsMax = 7;

/** `thing`: where the clause names what was looked at, or what shows it. */
export function readingIn(
  { text, isHead }: { readonly text: string; readonly isHead: boolean },
  thing: Place,
): Place | null {
  const [start, after] = [text.slice(0, thing.from), text.slice(thing.to)];
  if (general.test(after) || ofInstrument.test(text)) return null;
  const before = ahead.exec(start);
  if (before !== null && !without.test(before[0])) return { from: before.index, to: thing.to };
  const tally = counted.exec(start) ?? shown.exec(start);
  if (tally !== null) return { from: tally.index, to: thing.to };
  const match = stated.exec(after) ?? measured.exec(after) ?? telling.exec(after);
  if (match !== null) return { from: thing.from, to: thing.to + match[0].length };
  const isShort = text.trim().split(" ").length <= headWordsMax;
  return isHead && isShort ? thing : null;
}
