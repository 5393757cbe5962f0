/** What people write in a hurry, as it is written: "rolledback", "resarted", "didnt", "jstack'd it", ticked lists. */

import { pastForms } from "./deed-verbs.ts";

/** "Rolledback" and "rolled-back". */
const joined =
  /\b(rolled|scaled|turned|switched|failed|backed|shut|flipped|took|pulled|brought|bumped|toggled|swapped|cut)-?(back|up|out|off|over|down)\b/g;
const negated =
  /\b(could|have|has|had|did|does|do|was|were|is|are|would|should|ca|need|ai|wo)nt\b/g;
/** "Jstack'd it", "df -h'd everything": what was run becomes what was done. */
const tool =
  /\b(?!(?:i|we|you|he|she|they|it|who|that|there|what|how|this|where|why|ack)')([a-z][\w-]*(?: -\w+| [a-z]\w+_\w+)?)'e?d\b/g;
/** A verb of two words is one that people also write with a hyphen. */
/** Programs that people make verbs of. */
const program =
  /\b(strace|jstack|lsof|tcpdump|curl|dig|iostat|vmstat|jmap|bpftrace|netstat|jstat|pprof|openssl)(?:p|t|g|f|k)?(?:'?e?d)\b/g;
/** "The disk's latency". */
const owned =
  /'s (?=(?:latency|lag|status|size|logs?|metrics|hit|memory|waits|usage|depth|stats|statistics|pauses|events|dates?|space|health|settings|limits?|pool|config)\b)/g;
const apart =
  /\b(?:power (?=cycled)|rate (?=limited)|null (?=routed)|black (?=holed|listed)|short (?=circuited)|(?:double|cross|spot) (?=checked)|(?:hard|soft|force) (?=restarted|rebooted|killed|deleted))/g;
const todo = /^\s*(?:⬜|☐|🔲|◻️?|:white_(?:large_|medium_)?square:|(?:[-*] )?\[ \]).*$/gmu;
const ticked =
  /^\s*(?:✅|☑️?|✔️?|:(?:white_check_mark|heavy_check_mark|ballot_box_with_check|check):|(?:[-*] )?\[x\])\s*(.*)$/gmu;
const namespace = /\b(kubectl|oc|k|helm)((?: (?:-n|--namespace|--context|-A)(?:[= ]\S+)?)+)/gi;

const noun = "rollback|restart|revert|failover|reboot|redeploy|scale-?up|scale-?out";
/** "The rollback and the restart had no effect". */
const both = new RegExp(
  String.raw`\b(?:both )?(?:the |a )?(${noun}) and (?=(?:the |a )?(?:${noun})\b.{0,12} (?:had no|made no|did(?:n't| not)|helped|worked|fixed|solved|are (?:done|through)|were)\b)`,
  "g",
);

/** `text`: in lower case. */
export function asMeant(text: string): string {
  return text
    .replaceAll(todo, "")
    .replaceAll(ticked, (_all, item: string) => item.replace(/ (off|back|live|out)$/, " is $1"))
    .replaceAll(namespace, "$1")
    .replaceAll(owned, " ")
    .replaceAll(negated, "$1n't")
    .replaceAll(tool, "ran $1 on")
    .replaceAll(both, "the $1 is done and ")
    .replaceAll(program, "ran $1 on")
    .replaceAll(joined, "$1 $2")
    .replaceAll(apart, (words) => `${words.trimEnd()}-`)
    .replaceAll(/\bbeeing\b/g, "being")
    .replaceAll(/\bthru\b/g, "through")
    .replaceAll(/\bw\/(?= |o\b)/g, "with")
    .replaceAll(/\bidle in transaction\b/g, "idle-in-transaction")
    .replaceAll(/[a-z]{7,}/g, mended);
}

/** Shorter words are one letter from too many others. */
const lettersMin = 7;
const long = pastForms.filter((form) => form.length >= lettersMin && /^[a-z]+ed$/.test(form));
const spelled = new Set(pastForms);
/** English words that are one letter from a verb of ours. */
const others = new Set(
  "retried restated charged replayed decayed swamped gripped clapped chipped cramped pitched doubted relayed chanced parched spouted sported flopped instilled taunted courted tripped trapped drooped stooped bounded stepped flapped depleted reneged slipped steeped snipped related trained started stated resorted cleared charted deserted inserted asserted averted diverted converted reversed rested located relocated dedicated delegated expected excepted extended intended attended pretended repented repeated reputed computed compiled complied cracked clocked blacked locked flocked shocked smocked hooked rocked chocked choked tracked trucked tricked pricked bricked limited printed painted pointed posted pasted tasted wasted washed wished fished mashed matched marched watched hatched latched patched snatched switched stitched twitched swished smashed slashed flashed crashed trashed thrashed".split(
    " ",
  ),
);

/** Only where one verb alone is meant, in the same tense. */
function mended(word: string): string {
  if (spelled.has(word) || others.has(word) || word.endsWith("ing")) return word;
  const near = long.filter((form) => isOneSlipFrom(word, form));
  return near.length === 1 ? (near[0] ?? word) : word;
}

/** One letter too many, too few, wrong, or two swapped; the first letter and the end stand. */
function isOneSlipFrom(word: string, form: string): boolean {
  if (word[0] !== form[0] || !word.endsWith("d") || Math.abs(word.length - form.length) > 1)
    return false;
  let from = 0;
  while (from < word.length && word[from] === form[from]) from += 1;
  const rest = word.slice(from);
  const wanted = form.slice(from);
  return (
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    rest.slice(1) === wanted.slice(1) ||
    (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2))
  );
}
