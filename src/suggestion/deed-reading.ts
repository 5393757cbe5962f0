/** Where a clause tells what a look at something found: "conntrack is at 98 %", "jstack shows 200 threads", "no slow queries". */

import type { Place } from "./deed-verbs.ts";

const link = String.raw`(?::|'s|'re|(?: (?:is|are|was|were|looks?|looked|seems?|sits?|sat|stays?|stayed|remains?|remained|reads?|has|have|had|went|goes|hovers?|stands?|runs?|came|come|comes|back|gone|been|keeps?|got|gets?|feels?))+)`;
const adverb = String.raw`(?: (?:now|still|all|pretty|totally|completely|mostly|nearly|way|well|just|only|quite|very|too|really|absolutely|perfectly|roughly|basically|at|on|not|no|barely|fully|constantly|about|around|almost|also|both|as|super|suspiciously|up|down|to|the|a|an|its|their|our|out|of|in|more than|less than|over|under|below|above|from))*`;
const state = String.raw`(?:fine|good|ok|okay|normal|clean|clear|healthy|unhealthy|green|red|flat|stable|steady|growing|climbing|rising|falling|shrinking|dropping|increasing|zero|none|nothing|nil|empty|full|exhausted|maxed(?: out)?|max|saturated|starved|busy|idle|free|low|lower|high|higher|slow|slower|fast|short|long|longer|quiet|noisy|hot|cold|warm|valid|invalid|expired|stale|fresh|current|behind|ahead|stuck|missing|present|complete|identical|same|equal|different|unchanged|sync|synced|off|skewed|through the roof|spiking|spiked|spikes|dominated|harmless|innocuous|suspicious|boring|passing|failing|failed|operational|degraded|blocked|lagging|caught up|leaking|tiny|huge|small|large|negligible|nominal|expected|usual|nowhere near|close to|limits?|ready|notready|dead|alive|clogged|pinned|capped|throttled|pegged|hammered|even|uneven|balanced|sane|unremarkable|intact|backed up|piling up|pile up|elevated|ordinary|solid|crawling|spotless|there|waiting|hanging|hung|erroring|doubled|tripled|halved|dropped|jumped|rose|fell|grew|shot up|collapsed|tanked|exploded|plummeted|up|down|level|constant|average|trivial|minimal|fragmented|bloated|garbage|correct|wrong|right|reachable|resolving|available|unavailable|innocent|mismatched|matching|match|line with|pace|between|microseconds|milliseconds|track|half|twice|[~<>≈]? ?\d[\w.,/%:]*|(?:an?|one|two|three|four|five|six|ten|half an) (?:\w+ )?(?:seconds?|minutes?|mins?|hours?|days?))`;
const ofWhat = String.raw`(?:'s)?(?: (?:of|on|in|from|for|at|to|between|inside|across|under|by|against) (?:the |our |all |each |both |every )?[\w./-]+(?: (?!is |are |was |were |looks? )[\w./-]+)?)?`;
const noun = String.raw`(?: (?!(?:and|or|but|that|which|if|should|could|would|will|might|may|can|must|not|needs?|to|at|is|are|was|were|looks?|seems?|has|have|had)\b)[\w/.%-]+){0,2}?`;
/** "Dig answers in 2 ms", "the diff looks harmless", "dns ok". */
const stated = new RegExp(
  String.raw`^${ofWhat}${noun}(?:${link}${adverb} ${state}|(?: (?:now|still|all|both|pretty|totally|at|only|just|not|also|as))* ${state}(?= *(?:$|[,.)]|on |in |from |for |to me|again|now|everywhere|here|at |since |after |before |of |\d)))(?![\w-])`,
);
/** "Gc pauses of 4 s". */
const measured =
  /^(?: (?!(?:should|could|would|will|might|may|can|must|needs?|to be|if|until|unless|and|but|because|so|for)\b)[\w./-]+){0,7}? [~<>≈]?\d[\d.,]*\s?(?:ms|s|sec|seconds|min|minutes|%|k|m|gb|mb|g|gi|mi|x|times|\/s|\/min)(?![\w-])/;
const tells =
  "(?:shows?|showed|shown|says?|said|lists?|listed|reports?|reported|tells?|told|points?|pointed|blames?|names?|prints?|printed|returns?|returned|gives?|gave|counts?|confirms?|confirmed|reveals?|revealed|complains?|spends?|spent|waits?|answers?|answered|resolves?|resolved|climbs?|grows?|falls?|rises?|spikes?|spiked|dropped|jumped|hit|hits|clean|finds?|found|see|sees|went|wants?|agrees?|differs?|matches|match|contains?|holds?|puts?|ranks?|come|comes|came|go|goes|explodes?|doubles|doubled|tripled|halved|rose|fell|grew|shrank|exceeds?|fails?|blocks?|hangs?|looks|landed|arrived|ended|stopped|say|(?:has|have|had)(?! (?:to|been|gone|nothing to|an? (?:problem|bug|issue))\\b)|overflows?|overflowed|overflowing|ends? with|ended with|times? out|timed out|touch(?:es|ed)?|adds?|added|miss(?:es|ed)?|kills?|killed|removes?|removed|changes?|changed|breaks?|broke|loses?|lost|leads? to|belongs? to|calls?|begins?|began|starts?|started|happens?|happened|occurs?|occurred|loops?|restarts?|crashes|crashed|stands?|eats?|uses?|used|throws?|complains?|responds?|responded|accepts?|refuses?|refused|drains?|keeps?|kept|takes?|took|works?|worked|leaks?|leaking|(?:is|are|was|were) (?:an?|the|one|all|mostly|only|just|half|full|double|triple|twice|almost all|entirely|dominated|in|waiting|blocked|stuck|not))";
const telling = new RegExp(String.raw`^${ofWhat}${noun} ${tells}(?![\w-])`);
const ahead =
  /(?:^|[\s(])(?:no|zero|not a single|not one|hardly any|barely any|(?:nothing|anything|none|something)(?: \w+){0,2} (?:in|on|at|from|of)|(?:lots|tons|plenty|hundreds|thousands|dozens|loads|heaps) of|plenty|a (?:lot|bunch|ton|few|couple|handful) of|(?:i|we|only|just) (?:only )?(?:see|saw|found|have)|seeing|saw|many|several|there (?:is|are|was|were)(?: no| a| an| some)?|(?:can't|cannot|couldn't|can not|could not|don't|didn't|do not|did not) (?:find|see|spot) (?:any|a|anything)(?: \w+)?(?: (?:in|on|from))?)\s+(?:(?:the|a|an|any|our|such|new|more|other|single|real|obvious|sign of|signs of|trace of|traces of) )*(?:(?!(?:time|idea|access|need|one|way|point|permission|chance|reason|clue|word|news|to|on|for|more|please|about|from|and)\b)[\w%-]+ ){0,2}$/;
const counted =
  /(?:^|\s)(?:\d+ ?(?:of|\/|out of) ?\d+|\d[\d.,]*[km%x]?(?: of)?) (?:the |our |all |new |more |open |total )?$/;
/** "Describe says OOMKilled". */
const told =
  /\b(?:describe|logs?|events?|graphs?|dashboards?|metrics?|grafana|datadog|sentry|kibana|dmesg|kubectl \S+|status|state|k9s|lens|last state) (?:says?|said|shows?|showed|reports?|lists?|reads?)(?: \S+)? $/;
const lead =
  /\b(?:time|idea|access|need|way|point|permission|chance|reason|clue|plans?|intention|luck|one)\b/;
const headWordsMax = 5;

/** `thing`: where the clause names what was looked at, or what shows it. */
export function readingIn(
  { text, isHead }: { readonly text: string; readonly isHead: boolean },
  thing: Place,
): Place | null {
  const before = ahead.exec(text.slice(0, thing.from));
  if (before !== null && !lead.test(before[0])) return { from: before.index, to: thing.to };
  const tally = counted.exec(text.slice(0, thing.from)) ?? told.exec(text.slice(0, thing.from));
  if (tally !== null) return { from: tally.index, to: thing.to };
  const after = text.slice(thing.to);
  const match = stated.exec(after) ?? measured.exec(after) ?? telling.exec(after);
  if (match !== null) return { from: thing.from, to: thing.to + match[0].length };
  const isShort = text.trim().split(" ").length <= headWordsMax;
  return isHead && isShort ? thing : null;
}
