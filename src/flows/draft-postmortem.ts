/** Drafts a postmortem, or drafts it anew: what people have edited stays as they wrote it. */

import { againInReview, postmortemAnswer } from "../message/postmortem-message.ts";
import { draftOf } from "../postmortem/draft.ts";
import { refreshed } from "../postmortem/parts.ts";
import { fillTemplate } from "../postmortem/template.ts";
import { stateAfter, type PostmortemVersion } from "../postmortem/version.ts";
import { redact } from "../redaction/redact.ts";
import { withActionRecords } from "./action-records.ts";
import { mayChange, type Deed } from "./may-change.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { Postmortem } from "./postmortem-ports.ts";
import { addVersions, postmortemEffect, type Decided } from "./postmortem-versions.ts";
import { postmortemView } from "./postmortem-view.ts";
import { showIncident } from "./show-incident.ts";
import { tell } from "./tell.ts";

export async function draftPostmortem(
  world: World,
  deed: Deed,
  stored: StoredIncident,
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  const view = await postmortemView(world, await showIncident(world, stored));
  const text = redact(fillTemplate(world.exports.template, draftOf(view)));
  const name = `INC-${stored.number}`;
  let kept = false;
  let wasPublished = false;
  const done = await addVersions(
    world,
    { job: `draft:${deed.job}`, incident: stored.id },
    async (latest) => {
      const items = await world.store.actionItems(world.workspace, stored.id);
      const recorded = (markdown: string) => withActionRecords(world, stored, { markdown, items });
      const drafted = latest && (await recorded(latest.drafted.markdown));
      const fresh = await recorded(text);
      const versions = draftedOn(world, deed, { latest, drafted: drafted ?? fresh, fresh });
      const head = versions.at(-1);
      if (head === undefined) return null;
      kept = versions.length > 1;
      wasPublished = latest?.head.state === "published";
      return { versions, effects: [postmortemEffect(world, stored, head)] } satisfies Decided;
    },
  );
  const open =
    view.incident.state === "open" ? ` ${name} is open still, and the draft says so.` : "";
  const again = wasPublished ? ` ${againInReview}` : "";
  const words = {
    committed: kept
      ? `The postmortem of ${name} is drafted anew; what people wrote stayed as it was.${again}${open}`
      : `The draft of the postmortem of ${name} is in its thread.${again}${open}`,
    repeat: `The draft of the postmortem of ${name} is in its thread.`,
    nothing: `Nothing new happened since the postmortem of ${name} was drafted.`,
  };
  return tell(world, deed, postmortemAnswer(`${words[done]} /postmortem show reads it.`));
}

/** The draft as it is, and above it what people wrote in the version before; none where nothing would read otherwise. */
function draftedOn(
  world: World,
  { user: author, incident: incidentId }: Deed,
  {
    latest,
    drafted: before,
    fresh,
  }: {
    readonly latest: Postmortem | null;
    /** The newest draft as it would read with the action items that stand now. */
    readonly drafted: string;
    readonly fresh: string;
  },
): readonly PostmortemVersion[] {
  const at = world.now();
  const basedOn = latest?.head.version ?? null;
  const state = stateAfter("drafted", latest?.head.state ?? null);
  const number = (latest?.last ?? 0) + 1;
  const own = { incidentId, basedOn, state, author, at };
  const drafted = { ...own, version: number, kind: "drafted", markdown: fresh } as const;
  if (latest === null) return [drafted];
  if (timeless(before) === timeless(fresh)) return [];
  const markdown = refreshed(before, latest.head.markdown, fresh);
  if (markdown === fresh) return [drafted];
  return [drafted, { ...own, version: number + 1, kind: "edited", markdown }];
}

/** Without when it was drafted and how long the timeline was by then, which is no news. */
function timeless(markdown: string): string {
  return markdown
    .replaceAll(/\d{1,2} \p{L}+ \d{4}, \d\d:\d\d UTC/gu, "")
    .replaceAll(/timeline 1 to \d+/g, "timeline");
}
