/** Judgements and states that no measurement and no change says: a limit, a failure, what became of calls, how it goes on. */

import type { Item } from "./item.ts";
import { wordsOfItems } from "./vocabulary.ts";

export interface Unsaid {
  readonly told: RegExp;
  /** In words that go on from "It". */
  readonly says: string;
  /** Whether one of the cited does say it; without this whatever has its words, and is no metric. */
  readonly isSaidBy?: (item: Item, told: string) => boolean;
}

export const judgements: readonly Unsaid[] = [
  {
    told: /\b(?:keeps?|kept|continu\w+(?: to)?|carr(?:y|ies) on|still|ever|(?:is|are) (?:now |currently |on the )?)(?: slowly| steadily| quickly)? ?(?:grow|ris|climb|increas|fall|dropp|worsen|deteriorat|escalat|declin|shrink|gett)(?:ing|e|s)?\b(?! (?:from|to|since)\b)|\bwithout (?:end|bounds?|limit|stopp?ing|pause)\b|\b(?:unbounded|endless\w*|non-?stop|out of control|runaway|(?:grow|ris|climb|increas)ing further)\b/i,
    says: "says how it goes on",
  },
  {
    told: /\b(?:is|are|was|were|went|goes|gone|still) (?:now |completely |fully |partly )?(?:down(?! (?:from|to|by|at|about|around|roughly|nearly|almost|more|less|since|\d))|offline|unavailable)\b/i,
    says: "says that it does not work",
    isSaidBy: ({ kind, direction, measures, backing }, told) =>
      kind === "metric"
        ? direction === "down" || measures === "availability"
        : backing.toLowerCase().includes(told.split(" ").at(-1)?.toLowerCase() ?? ""),
  },
  {
    told: /\b(?:drops?|dropped|dropping|loses?|lost|losing|rejects?|rejected|rejecting|refuses?|refused|refusing|denies|discards?|discarded|swallows?|ignores?|ignored|turns? away) (?:\S+ ){0,3}?(?:requests?|calls?|orders?|payments?|traffic|connections?|messages?|users?|customers?)\b/i,
    says: "says what became of calls",
  },
  {
    told: /\b(?:limits?|cap(?:acity)?|ceiling|quota|headroom|bottleneck|pegged|maxed out|stretched|strain\w*|struggl\w+|cannot keep up|can['’]t keep up|falling behind)\b(?! of \d)/i,
    says: "judges what is measured",
    isSaidBy: ({ kind, backing }, told) =>
      kind !== "metric" && backing.toLowerCase().includes(told.toLowerCase().replace(/s$/, "")),
  },
  {
    told: /\b(?:is|are|was|were) (?:now |also |still )?(?:failing|hanging|crashing|slow|sluggish|unhealthy|in trouble|degraded)\b/i,
    says: "judges what is measured",
    isSaidBy: ({ kind }) => kind === "metric" || kind === "text",
  },
  {
    told: /\b(?:g[ai]ves? up|given up|giving up|abort\w*|crash\w*|died|dies|refus\w*|reject\w*|overflow\w*|r[au]ns? out|collaps\w*|leak\w*|deadlock\w*|flood\w*|bombard\w*|hammer\w*|hog\w*|throttl\w*)\b/i,
    says: "says what became of it",
  },
  {
    told: /\b(?:(?:low|high|no|little)[- ]risk|risky|safe|safely|harmless|harmful|mistake\w*|wrong(?:ly)?|careless\w*|premature\w*|certainly|obviously|clearly the|ruled out)\b/i,
    says: "judges what was found",
  },
  {
    told: /\b(?:tak(?:es?|ing)|us(?:es?|ing)|eats?|consum(?:es?|ing)|needs?) (?:up )?(?:all|the whole|the entire|most) (?:of )?(?!about\b|\d)|\b(?:uses?|used|using|eats?|takes?) up\b(?! to\b)/i,
    says: "says of what it takes all",
    isSaidBy: ({ kind }) => kind === "text",
  },
  {
    told: /\b(?:succeed\w*|succe(?:ss|ssful|ssfully)|go(?:es)? through)\b/i,
    says: "says what became of calls",
    isSaidBy: ({ measures, kind, backing }) =>
      measures === "errors" || (kind !== "metric" && /\bsucce\w+/i.test(backing)),
  },
  {
    told: /\b(?:cpu|memory|i\/o|disk|network)[- ]bound\b/i,
    says: "judges what is measured",
  },
  {
    told: /\bout of (?!\d|every|line|the (?:\d|ordinary)|(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)\b)[a-z]+\b/i,
    says: "judges what is measured",
    isSaidBy: ({ kind, backing }) =>
      kind !== "metric" && /\bout of|exhausted|full\b/i.test(backing),
  },
  {
    told: /\btim(?:es?|ed|ing)[ -]?outs?\b/i,
    says: "says what became of calls",
    isSaidBy: (item) => wordsOfItems([item]).has("timeout"),
  },
  {
    told: /(?<=\b(?:is|are|was|were|been|gets?|got|became|becomes?|ran|runs?) (?:completely |nearly |almost |all )?)(?:full(?! of)|empty|exhausted|stuck|hung|dead|broken|missing|lost|corrupt|expired|idle|busy|overloaded|starved|blocked|unreachable|unresponsive)\b/i,
    says: "judges what is measured",
  },
  {
    told: /\btoo (?:small|few|little|low|large|big|many|much|high|slow|short|long|tight|weak)\b(?! an?\b)|\bnot enough\b|\binsufficient\b|\bundersized\b/i,
    says: "judges what is measured",
    isSaidBy: ({ kind, backing }) =>
      (kind === "log" && /\b(?:too \w+|larger than|exceed\w*|over the limit)\b/i.test(backing)) ||
      (kind === "text" && /\btoo \w+|not enough/i.test(backing)),
  },
  {
    told: /\b(?:is|are) (?:still |all |fully )?(?:up|online|reachable|available|answering|serving|responding|alive|usable)(?=\s*(?:[.,;:]|$)|\s+(?:and|again|now)\b)/i,
    says: "says that it works",
  },
];
