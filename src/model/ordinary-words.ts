/** Words that claim nothing by themselves: with those of the evidence, all that a sentence may be made of. */

import { englishWords } from "./english-words.ts";

const small =
  "according like a an the this that these those it its they them their there here we us our you your i one each every all any " +
  "some other another same such own itself themselves and or but if whether as at by for from in into of on onto " +
  "out to toward under up down with within without among across around about against along alongside beside beyond " +
  "near than though although however while whereas yet still now today so too also instead rather only just even " +
  "alone together apart per via between both off over above below until since before after during not no none " +
  "nothing neither nor never what which whose where once then is are was were be been being has have had do does " +
  "did done can could may might must shall should will would when whenever following prior upon let versus vs eg ie " +
  "etc ok";

const told =
  "see seen saw show shown look say said tell give gave given find found name notice observe list mention report " +
  "record measure count appear seem stand stood sit sat lie lay hold held stay remain keep kept reach hit come came " +
  "go goes went gone going get got become became turn move shift change begin began begun start continue last date " +
  "belong concern touch include contain compare match differ vary use uses used take took taken need make worth " +
  "check confirm consider verify open ask inspect examine know known expect quote point cite average exceed " +
  "exceeded account add sum amount range put read carry carried describe indicate register";

const moves =
  "rise rises rose risen fall fell fallen falling climb drop jump spike grow grew grown growth increase increases " +
  "decrease decreases decline sink sank sunk surge soar shrink shrank shrunk dip double triple quadruple halve half " +
  "gain reduce plunge swing step elevated raised raises lowered deviate degrade worsen";

const qualities =
  "high higher highest low lowest large larger largest small smaller smallest big bigger biggest new newly old " +
  "older oldest earlier first second third next previous former recent latest current usual normal typical ordinary " +
  "unusual strong stronger strongest weak weaker clear visible possible perhaps maybe similar different main single " +
  "many few several most more least less fewer enough total overall whole part twice almost sharp slight steady " +
  "sudden gradual quick considerable marked noticeable significant far much very quite well better worse best worst " +
  "good bad long longer short shorter late later early already again further additional extra separate equal " +
  "available particular notable remarkable interesting relative absolute abnormal unchanged flat stable quiet " +
  "unaffected healthy fine constant";

const things =
  "value level number figure percent percentage quantile percentile median mean maximum minimum max min peak " +
  "baseline norm times minute hour day ms millisecond moment period window interval onset trouble incident alert " +
  "movement difference gap pattern picture evidence sign measurement metric series chart graph data service caller " +
  "callee call called dependency side place kind type thing case cases way set item detail rest majority fraction " +
  "quarter bulk top bottom end extent degree context line hand fact question user customer page slice affected utc " +
  "production environment system team everyone unit example title order suspect people human two three four five " +
  "six seven eight nine ten eleven twelve dozen hundred thousand tenfold twofold threefold";

const ordinary: ReadonlySet<string> = new Set(
  [small, told, moves, qualities, things].join(" ").split(" "),
);

/** Of all of them, so that any ending will do. */
const stems: ReadonlySet<string> = new Set([...ordinary, ...englishWords].map(stem));

/** An adverb tells how, and names nothing. */
const adverb = /^\p{L}{4,}ly$/u;

export function isOrdinary(word: string): boolean {
  return ordinary.has(word) || stems.has(stem(word)) || adverb.test(word);
}

/** Forms of one word: "waits", "waited" and "waiting" are "wait". For comparison only. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  const bare = word
    .replace(/(?:'s|’s)$/, "")
    .replace(/(?<=..)ies$/, "y")
    .replace(/(?<=(?:s|x|z|ch|sh))es$/, "")
    .replace(/(?<=[^s])s$/, "");
  const root = bare.replace(/(?<=[a-z]{3})(?:ing|ed)$/, "");
  return (root === bare ? bare : root.replace(/([bdgklmnprt])\1$/, "$1")).replace(
    /(?<=[a-z]{3})e$/,
    "",
  );
}
