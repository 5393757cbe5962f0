/** What the words of a page say beside its orders: what is to be seen, how long it takes, and which sections hold no steps. */

const sentenceMax = 400;
const minutesMax = 240;

export const expectWords =
  /^(?:expect(?:ed)?(?: (?:result|output|outcome))?\b|you should see\b|(?:what )?to (?:see|expect)\b|after(?:wards| that)?,? you should\b|success\b)\s*[:,–—-]?\s*/i;
/** Sections that say who and where, not what to do. */
export const aside =
  /^(?:\d{1,2}[.)]\s*)?(?:when to\b|meaning|impact|symptoms?|communicat\w*|notif\w*|post-?incident|table of contents|metrics|contacts?|owners?|escalat\w*|links?|references?|background|overview|about|history|related|see also|changelog|prerequisites?|after(?:wards| the incident)|follow[- ]?ups?|post-?mortems?)\b/i;

export function sentence(text: string): string {
  const told = text.replaceAll("`", "").trim().slice(0, sentenceMax);
  return /[.!?…]$/.test(told) || told === "" ? told : `${told}.`;
}

export function minutesIn(text: string): number | null {
  const [, count = ""] =
    /(?:\b(?:takes?|about|around|within|wait(?: for)?)\s{0,2}|[~(])(\d{1,3})\s?(?:min\b|minutes?\b)/i.exec(
      text,
    ) ?? [];
  const minutes = Number(count);
  return minutes >= 1 && minutes <= minutesMax ? minutes : null;
}
