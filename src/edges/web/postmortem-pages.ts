/** The pages of postmortems over HTTP: one is shown, and what somebody wrote in a form of it is saved. */

import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { PageEdit, PageSaved, PostmortemShown } from "../../flows/edit-on-page.ts";
import { partsOf } from "../../postmortem/parts.ts";
import type { IncidentId, UserId } from "../../vocabulary.ts";
import { readBody } from "../read-body.ts";
import {
  conflictWords,
  partMax,
  postmortemPage,
  type PostmortemView,
  type Writer,
} from "./postmortem-page.ts";

/** Four bytes a character, each written as three. */
const bodyBytesMax = partMax * 12 + 2_000;

export interface PostmortemPages {
  /** Stands in every form; whoever posts without it is another site. */
  readonly token: string;
  readonly hosts: readonly string[];
  readonly writers: () => readonly Writer[];
  readonly shown: (incident: IncidentId, version: number | null) => Promise<PostmortemShown | null>;
  readonly save: (edit: Omit<PageEdit, "job">) => Promise<PageSaved>;
}

/** Nothing but our own styles is loaded, nothing runs, and forms go nowhere else. */
const policy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export async function answerPostmortem(
  pages: PostmortemPages,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://local");
  const [, id] = /^\/postmortems\/(inc_[\w-]{1,60})$/.exec(url.pathname) ?? [];
  if (!isIncident(id)) return plain(response, 404, "There is no such page.");
  if (request.method === "POST") return take(pages, id, request, response);
  if (request.method !== "GET" && request.method !== "HEAD") {
    return plain(response, 405, "A postmortem is read and posted to.");
  }
  const asked = url.searchParams.get("version");
  const version = asked !== null && /^\d{1,9}$/.test(asked) ? Number(asked) : null;
  const said = saidOf(url.searchParams);
  return show(pages, { id, version, as: url.searchParams.get("as"), said }, response);
}

/** Only of ours: the address may have been written by anybody. */
const saidWords = { saved: "Saved.", same: "It reads so already; nothing was changed." } as const;

function saidOf(query: URLSearchParams): PostmortemView["said"] {
  const word = query.get("said");
  if (word !== "saved" && word !== "same") return null;
  return { words: saidWords[word], index: Number(query.get("part")) };
}

interface Showing {
  readonly id: IncidentId;
  readonly version?: number | null;
  readonly as: string | null;
  readonly said: PostmortemView["said"];
  readonly open?: PostmortemView["open"];
  readonly status?: number;
}

async function show(
  pages: PostmortemPages,
  { id, version = null, as, said, open = null, status = 200 }: Showing,
  response: ServerResponse,
): Promise<void> {
  const shown = await pages.shown(id, version);
  if (shown === null) {
    const words =
      "There is no such postmortem, or no such version of it. /postmortem draft writes one.";
    return plain(response, 404, words);
  }
  const { token, hosts } = pages;
  const page = await postmortemPage({
    shown,
    writers: pages.writers(),
    as,
    token,
    hosts,
    said,
    open,
  });
  response
    .writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      // With none at all a browser would not say where a form comes from.
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
    })
    .end(page);
}

async function take(
  pages: PostmortemPages,
  id: IncidentId,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const form = await formOf(request);
  if (form === undefined) return;
  if (form === null) return plain(response, 413, tooLong);
  const edit = editOf(pages, id, form);
  if (typeof edit === "string") return plain(response, 400, edit);
  if (!isSame(form.get("token") ?? "", pages.token)) {
    return plain(
      response,
      403,
      "This form is from before the program was started anew, or of another site; nothing was saved. Go back, copy what you wrote, and save it on the page as it opens anew.",
    );
  }
  return told(pages, edit, await pages.save(edit), response);
}

type Edit = Omit<PageEdit, "job">;

async function told(
  pages: PostmortemPages,
  edit: Edit,
  saved: PageSaved,
  response: ServerResponse,
): Promise<void> {
  const { incident: id, user: as, index, text } = edit;
  switch (saved.kind) {
    case "saved":
    case "nothing":
    case "repeat": {
      const said = saved.kind === "saved" ? "saved" : "same";
      const query = new URLSearchParams({ as, said, part: String(index) });
      const location = `/postmortems/${id}?${query.toString()}#part-${index}`;
      response.writeHead(303, { location }).end();
      return;
    }
    case "refused": {
      const open = { index, text, theirs: null };
      const said = { words: saved.said, index };
      return show(pages, { id, as, said, open, status: 403 }, response);
    }
    case "conflict": {
      const { conflict } = saved;
      const [theirs, mine] = await Promise.all([
        pages.shown(id, conflict.version),
        pages.shown(id, edit.version),
      ]);
      const heading = partsOf(mine?.version.markdown ?? "")[index]?.heading;
      const now = partsOf(theirs?.head.markdown ?? "");
      const at = now.findIndex((part) => part.heading === heading);
      const open = { index: at, text, theirs: now[at]?.body.trim() ?? null };
      const said = { words: conflictWords(conflict, theirs?.author ?? "Somebody"), index: at };
      return show(pages, { id, as, said, open, status: 409 }, response);
    }
  }
}

/** A sentence where something is missing. */
function editOf(
  { writers }: PostmortemPages,
  incident: IncidentId,
  form: URLSearchParams,
): Edit | string {
  const user: UserId = form.get("as") ?? "";
  if (!writers().some(({ id }) => id === user)) return "Go back and say as whom you write.";
  const version = form.get("version") ?? "";
  const index = form.get("index") ?? "";
  if (!/^\d{1,9}$/.test(version) || !/^\d{1,4}$/.test(index)) {
    return "The form is not whole; nothing was saved. Go back, copy what you wrote, and open the page anew.";
  }
  // Browsers end lines with a carriage return, whatever they were given.
  const text = (form.get("text") ?? "").replaceAll("\r\n", "\n");
  if (text.length > partMax) return tooLong;
  return { user, incident, version: Number(version), index: Number(index), text };
}

const tooLong = `What stands under a heading may have ${partMax.toLocaleString("en")} characters; nothing was saved. Go back, shorten it or split it by a heading, and save again.`;

/** null: it is too long; undefined: the sender hung up. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | null | undefined> {
  const body = await readBody(request, bodyBytesMax);
  return body === null || body === undefined ? body : new URLSearchParams(body.toString("utf8"));
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function isIncident(id: string | undefined): id is IncidentId {
  return id !== undefined;
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
