/** Words that claim nothing by themselves: with those of the evidence, all that a sentence may be made of. */

import { englishWords } from "./english-words.ts";

const small =
  "a an the this that these those it its they them their there here we us our you your i one ones each every all any " +
  "some other others another same such own itself themselves and or but if whether as at by for from in into of on " +
  "onto out to toward towards under up down with within without among across around about against along alongside " +
  "beside besides beyond near than though although however while whereas yet still now currently today so too also instead rather " +
  "only just even alone together apart per via between both off over above below until since before after during " +
  "not no none nothing neither nor never what which whose where once then is are was were be been being has have had " +
  "having do does did done can could may might must shall should will would when whenever following prior upon let lets versus vs eg ie etc ok";

const told =
  "see sees seen saw seeing show shows showed shown showing look looks looked looking say says said tell tells give " +
  "gives gave given find finds found name names named note notes noted notice notices observe observes observed list " +
  "lists listed mention mentions mentioned report reports reported record records recorded measure measures measured " +
  "count counts counted counting appear appears appeared appearing seem seems seemed stand stands stood standing sit " +
  "sits sat sitting lie lies lay hold holds held holding stay stays stayed staying remain remains remained remaining " +
  "keep keeps kept reach reaches reached reaching hit hits hitting come comes came coming go goes went gone going get " +
  "gets got getting become becomes became turn turns turned move moves moved moving shift shifts shifted shifting " +
  "change changes changed changing begin begins began begun beginning start starts started starting continue " +
  "continues continued last lasts lasted date dates belong belongs belonging concern concerns concerned touch touches " +
  "touched include includes included contain contains contained compare compares compared match matches matched " +
  "differ differs vary varies use uses used take takes took taken need needs needed make makes worth check checks " +
  "checked checking confirm confirms consider verify open opens opened ask asks inspect examine examined examining " +
  "know knows known expect expected quote quotes quoted point points cite cites cited average averages averaged " +
  "exceed exceeds exceeded exceeding account accounts add adds sum sums amount amounts range ranges put puts read " +
  "reads reading carry carries carried carrying describe describes described indicate indicates indicated register registers registered";

const moves =
  "rise rises rose risen rising fall falls fell fallen falling climb climbs climbed climbing drop drops dropped " +
  "dropping jump jumps jumped jumping spike spikes spiked spiking grow grows grew grown growing growth increase " +
  "increases increased increasing decrease decreases decreased decreasing decline declines declined declining sink " +
  "sinks sank sunk sinking surge surges surged surging soar soars soared shrink shrinks shrank shrunk shrinking dip " +
  "dips dipped double doubles doubled doubling triple triples tripled quadruple quadrupled halve halves halved half " +
  "gain gains gained reduce reduces reduced plunge plunged swing swings step steps stepped elevated " +
  "raised raise raises lowered deviate deviates deviated degrade degraded degrades worsen worsens worsened";

const qualities =
  "high higher highest low lower lowest large larger largest small smaller smallest big bigger biggest new newly old " +
  "older oldest earlier first second third next previous previously former prior recent recently latest current usual " +
  "usually normal normally typical typically ordinary elevated unusual strong stronger strongest strongly weak weaker " +
  "clear clearly visible visibly likely possible possibly perhaps maybe similar similarly different differently main " +
  "mainly single many few several most more least less fewer enough total totals overall whole part parts partly " +
  "twice roughly approximately nearly almost exactly precisely mostly sharp sharply slight slightly steady steadily " +
  "sudden suddenly gradual gradually quick quickly considerable considerably marked markedly noticeable noticeably " +
  "significant significantly far much very quite rather well better worse best worst good bad long longer short shorter " +
  "late later early already again further additional extra separate separately equal equally available particular " +
  "particularly especially notable notably remarkable interesting respectively relative relatively absolute roughly " +
  "abnormal abnormally unchanged flat stable quiet unaffected healthy fine constant constantly consistently";

const things =
  "value values level levels number numbers figure figures percent percentage quantile percentile median mean average " +
  "maximum minimum max min peak peaks baseline norm range times minute minutes second seconds hour hours day days ms millisecond milliseconds " +
  "moment period window interval onset start beginning trouble incident alert shift shifts move moves movement change " +
  "jump rise fall drop increase decrease spike climb dip growth difference gap pattern patterns picture evidence sign " +
  "signs finding findings measurement measurements metric metrics series chart graph data points reading readings " +
  "service services caller callers callee callees call calls called calling dependency dependencies side sides place " +
  "places kind kinds type types thing things case cases way ways amount set sets item items detail details rest " +
  "majority fraction quarter thirds bulk top bottom end way extent degree context line hand fact facts question time " +
  "user users customer customers page pages slice slices affected utc production environment system team everyone unit units example examples name names title titles order suspect " +
  "suspects suspected people human two three four five six seven eight nine ten eleven twelve dozen hundred hundreds " +
  "thousand thousands tenfold twofold threefold";

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
