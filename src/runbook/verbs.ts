/** The orders that steps of a runbook begin with: what only looks, what changes something, and how a deed is told afterwards. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const looking = words(
  `check look see verify confirm inspect read review find identify determine compare open query list watch monitor
  test examine investigate describe measure trace profile dump tail grep search get show view ensure validate observe
  note count collect capture`,
);

const changing = words(
  `roll rollback revert restart start scale drain cordon uncordon kill stop delete remove flush clear purge disable enable
  turn switch toggle set raise increase lower reduce decrease shift fail failover promote resize add apply deploy redeploy
  undo pause resume reset rotate renew replace move block unblock throttle limit shed evict recycle bounce reboot run
  execute rerun retry replay skip truncate vacuum reindex cancel terminate upgrade downgrade patch edit change update
  rebuild restore reload trigger force isolate route reroute freeze release free expand extend unlock bypass take put
  shut send swap recreate reconnect unmount mount prune compact warm invalidate`,
);

/** Telling somebody is no step that finds out or mends. */
export interface Order {
  readonly verb: string;
  readonly isLook: boolean;
}

/** Before the order: a number, politeness, or when it holds ("If the pool is exhausted, …"). */
const before =
  /^(?:(?:step\s+)?\d{1,3}[.:)]\s+|(?:please|then|next|first|finally|now|also|optionally|you (?:can|may|should)|try to)[\s,]+|(?:if|when|once|after|where|for|on|in)\s[^,:]{1,120}[,:]\s+)/i;

/** "Rollback steps" and "See Debugging Pods" are none, "Rollback to the last version" and "See whether it grows" are. */
const ambiguous = /^(?:rollback|failover|see)$/;
const actedOn =
  /^\W?\w+ (?:to|the|this|it|last|your|all|previous|if|whether|how|what|which|who)\b/i;

/** null: the words are no order. */
export function orderIn(text: string): Order | null {
  let rest = text.trim();
  for (let turns = 0; turns < 3; turns += 1) rest = rest.replace(before, "");
  const [, verb = ""] = /^["'(]?([A-Za-z]{2,14})\b(?!')/.exec(rest) ?? [];
  const lower = verb.toLowerCase();
  if (ambiguous.test(lower) && !actedOn.test(rest)) return null;
  if (looking.has(lower)) return { verb: lower, isLook: true };
  return changing.has(lower) ? { verb: lower, isLook: false } : null;
}

const irregular: Readonly<Record<string, string>> = {
  see: "saw",
  read: "read",
  find: "found",
  get: "got",
  show: "showed",
  set: "set",
  reset: "reset",
  run: "ran",
  rerun: "reran",
  rollback: "rolled back",
  failover: "failed over",
  undo: "undid",
  shed: "shed",
  shut: "shut",
  put: "put",
  take: "took",
  send: "sent",
  freeze: "froze",
  rebuild: "rebuilt",
  stop: "stopped",
  swap: "swapped",
  drain: "drained",
};

/** "restart" → "restarted". */
function pastOf(verb: string): string {
  const known = irregular[verb];
  if (known !== undefined) return known;
  if (verb.endsWith("e")) return `${verb}d`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${verb}ed`;
}

const past = new RegExp(`\\b(?:${[...looking, ...changing].map(pastOf).join("|")})\\b`, "i");

/** Whether a message may tell of any of these deeds at all; cheap, for most tell of none. */
export function mayTellOfDeed(text: string): boolean {
  return past.test(text.slice(0, 4_000));
}

/** The order as somebody would tell that it is done: "Roll back checkout" → "rolled back checkout". */
export function deedOf(text: string): string {
  const verb = orderIn(text)?.verb;
  if (verb === undefined) return "";
  const at = text.toLowerCase().search(new RegExp(`\\b${verb}\\b`));
  return `${pastOf(verb)}${text.slice(at + verb.length)}`.toLowerCase();
}
