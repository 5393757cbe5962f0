/** Edits a postmortem heading by heading: of two edits of the same text the later one sees both, and none is lost. */

import {
  againInReview,
  conflictMessage,
  headingsMessage,
  postmortemAnswer,
} from "../message/postmortem-message.ts";
import { cut, escape } from "../message/escape.ts";
import { formAbout, formText, postmortemModal, type PartForm } from "../message/postmortem-form.ts";
import { postmortemRefusal, type PostmortemRefusal } from "../message/postmortem-refusals.ts";
import { partsOf, titleOf, withBody } from "../postmortem/parts.ts";
import type { PostmortemVersion } from "../postmortem/version.ts";
import { redact } from "../redaction/redact.ts";
import { mayChange, type Deed } from "./may-change.ts";
import { openForm } from "./open-form.ts";
import type { StoredIncident, World } from "./ports.ts";
import type { Postmortem } from "./postmortem-ports.ts";
import { savePart, type PartEdit } from "./save-part.ts";
import { tell } from "./tell.ts";
import type { UserId } from "../vocabulary.ts";

type Editing = Deed & { readonly triggerId?: string | null };

/** The heading that is named, or a list of them to choose from. */
export async function editPostmortem(
  world: World,
  deed: Editing,
  { stored, heading }: { readonly stored: StoredIncident; readonly heading: string },
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  const name = `INC-${stored.number}`;
  const latest = await world.store.latestPostmortem(world.workspace, stored.id);
  if (latest === null) return say(world, deed, { reason: "none-yet", name });
  const parts = partsOf(latest.head.markdown);
  if (heading === "") {
    const view = { incident: stored.id, name, head: latest.head };
    return tell(world, deed, headingsMessage(view, parts));
  }
  const index = parts.findIndex((part) => isNamed(titleOf(part), heading));
  if (index < 0) {
    const titles = parts.map(titleOf);
    return say(world, deed, { reason: "no-such-heading", text: heading, titles });
  }
  return openPart(world, deed, { latest, version: latest.head, index });
}

function isNamed(title: string, heading: string): boolean {
  const [a, b] = [title, heading].map((words) => words.toLowerCase().replaceAll(/[\s-]+/g, " "));
  return a === b || (a?.startsWith(b ?? "") ?? false);
}

/** A click on a heading; of a version that was set aside, with how it reads by now above it. */
export async function editPart(
  world: World,
  deed: Editing,
  { version, index }: { readonly version: number; readonly index: number },
): Promise<void> {
  if (!(await mayChange(world, deed))) return;
  const { workspace, store } = world;
  const latest = await store.latestPostmortem(workspace, deed.incident);
  const seen = await store.postmortemVersion(workspace, { incident: deed.incident, version });
  if (latest === null || seen === null) {
    return say(world, deed, { reason: "none-yet", name: "This incident" });
  }
  return openPart(world, deed, { latest, version: seen, index });
}

interface Opened {
  readonly latest: Postmortem;
  /** The version whose text is filled in where it was set aside; else the newest is. */
  readonly version: PostmortemVersion;
  readonly index: number;
}

async function openPart(
  world: World,
  deed: Editing,
  { latest: { head }, version, index }: Opened,
): Promise<void> {
  const seen = partsOf(version.markdown)[index];
  const now = partsOf(head.markdown);
  const found = now.findIndex(({ heading }) => heading === seen?.heading);
  const part = now[found];
  if (seen === undefined || part === undefined) {
    const titles = now.map(titleOf);
    const text = seen === undefined ? "" : titleOf(seen);
    return say(world, deed, { reason: "no-such-heading", text, titles });
  }
  const isAside = version.kind === "set-aside";
  const form: PartForm = {
    incident: deed.incident,
    version: head.version,
    index: found,
    title: titleOf(part),
    text: isAside ? seen.body : part.body,
    ...(isAside ? { theirs: part.body.trim() } : {}),
  };
  const modal = postmortemModal(form);
  if (modal === null) return say(world, deed, { reason: "too-long", title: form.title });
  const { job, triggerId = null } = deed;
  if ((await openForm(world, { job, triggerId }, modal)) !== "open") {
    return say(world, deed, { reason: "form-unclear" });
  }
}

/** The form came back. */
export async function submitPostmortem(
  world: World,
  event: {
    readonly job: string;
    readonly user: UserId;
    readonly about: string;
    readonly values: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const about = formAbout(event.about);
  const stored = about && (await world.store.incident(world.workspace, about.incident));
  if (about === null || stored === null) return;
  const { job, user } = event;
  const deed = { job, user, channel: stored.channel, incident: stored.id };
  if (!(await mayChange(world, deed))) return;
  const base = await world.store.postmortemVersion(world.workspace, about);
  if (base === null) return;
  const body = redact(formText(event.values));
  const mine = withBody(base.markdown, about.index, body);
  await saveEdit(world, deed, { stored, base, mine, index: about.index });
}

async function saveEdit(world: World, deed: Deed, edit: PartEdit): Promise<void> {
  const saved = await savePart(world, deed, edit);
  switch (saved.kind) {
    case "repeat":
      return;
    case "conflict":
      return tell(world, deed, conflictMessage(saved.conflict));
    case "saved":
    case "nothing": {
      const title = escape(cut(saved.title, titleMax));
      const what = `"${title}" of the postmortem of INC-${edit.stored.number}`;
      const line =
        saved.kind === "saved"
          ? `${what} is saved.${saved.wasPublished ? ` ${againInReview}` : ""}`
          : `${what} reads so already; nothing was changed.`;
      return tell(world, deed, postmortemAnswer(line));
    }
  }
}

const titleMax = 80;

function say(world: World, deed: Deed, why: PostmortemRefusal): Promise<void> {
  return tell(world, deed, postmortemRefusal(why));
}
