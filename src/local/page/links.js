/** Links to one message (`/archives/C…/p…`): what this page's address names, and showing it. */

const path = /\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(location.pathname);

/** The channel and message that were linked to, and its thread if it is a reply; undefined: no link. */
export const linked =
  path === null
    ? undefined
    : {
        channel: path[1],
        ts: `${path[2]}.${path[3]}`,
        thread: new URLSearchParams(location.search).get("thread_ts") ?? "",
      };

/** Brings the linked message into view and marks it for a moment. */
export function showLinked() {
  const found = [...document.querySelectorAll(`[data-ts="${linked?.ts}"]`)].at(-1);
  if (found === undefined) return;
  found.scrollIntoView({ block: "center" });
  found.classList.add("linked");
}
