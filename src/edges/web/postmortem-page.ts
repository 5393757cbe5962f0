/** A postmortem on a page: one version of it, each heading with a form below it. Nothing on it runs; a form is shown and hidden by the browser. */

import { html, raw } from "hono/html";
import type { PostmortemShown } from "../../flows/edit-on-page.ts";
import { plainSample } from "../../message/digest.ts";
import type { Conflict } from "../../message/postmortem-message.ts";
import { promptMark } from "../../postmortem/document.ts";
import { partsOf, titleOf, type MarkdownPart } from "../../postmortem/parts.ts";
import { stateWords } from "../../postmortem/version.ts";
import type { UserId } from "../../vocabulary.ts";
import { htmlOf } from "./markdown.ts";

/** Of what stands under one heading, in characters. */
export const partMax = 100_000;
const versionsMax = 20;

export interface Writer {
  readonly id: UserId;
  readonly name: string;
}

export interface PostmortemView {
  readonly shown: PostmortemShown;
  readonly writers: readonly Writer[];
  /** Who wrote last on this page. */
  readonly as: UserId | null;
  readonly token: string;
  readonly hosts: readonly string[];
  /** What became of it, or why nothing did, and below which heading that was. */
  readonly said: { readonly words: string; readonly index: number } | null;
  /** What somebody wrote and that was not saved in its place; `theirs`: how it reads by now. */
  readonly open: {
    readonly index: number;
    readonly text: string;
    readonly theirs: string | null;
  } | null;
}

type Html = ReturnType<typeof html>;

/** A whole document; everything from outside is escaped. */
export async function postmortemPage(view: PostmortemView): Promise<string> {
  const { shown, said, open } = view;
  const { name, version } = shown;
  const parts = partsOf(version.markdown);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Postmortem of ${name}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/pages.css" />
      </head>
      <body>
        <main class="postmortem">
          ${shown.isSample === true ? html`<p class="sample">${plainSample}</p>` : ""}
          <p class="aside">${standing(shown)}</p>
          <p class="aside">${versionLinks(shown)}</p>
          ${open === null ? "" : notice(said, "link")} ${lostPart(view, parts)}
          ${parts.map((part, index) =>
            onePart(view, { part, index, opened: open?.index === index ? open : null }),
          )}
        </main>
      </body>
    </html>`;
  return (await page).toString();
}

function standing({ name, version, author, head }: PostmortemShown): string {
  const at = `${version.at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const state =
    version.kind === "set-aside" ? "set aside, no part of it" : stateWords[version.state];
  const now = version.version === head.version ? "" : ` It reads as version ${head.version} now.`;
  return `Postmortem of ${name}: ${state}, version ${version.version} by ${author}, ${at}.${now}`;
}

function versionLinks({ version, last }: PostmortemShown): Html {
  const numbers = Array.from({ length: last }, (_each, at) => last - at);
  const links = numbers
    .slice(0, versionsMax)
    .map((number) =>
      number === version.version
        ? html` <strong>${number}</strong>`
        : html` <a href="?version=${number}">${number}</a>`,
    );
  return html`Versions:${links}${last > versionsMax ? ` and ${last - versionsMax} older` : ""}`;
}

interface OnePart {
  readonly part: MarkdownPart;
  readonly index: number;
  readonly opened: PostmortemView["open"];
}

function onePart(view: PostmortemView, one: OnePart): Html {
  const { shown, hosts } = view;
  const { part, index } = one;
  const mayEdit = shown.version.version === shown.head.version && shown.isSample !== true;
  const title = titleOf(part);
  const heading = part.heading.startsWith("# ")
    ? html`<h1>${title}</h1>`
    : part.heading === ""
      ? ""
      : html`<h2>${title}</h2>`;
  return html`<section id="part-${index}">
    ${heading} ${raw(htmlOf(part.body, hosts))}
    ${view.open === null && view.said?.index === index ? notice(view.said, "") : ""}
    ${mayEdit ? form(view, one) : ""}
  </section>`;
}

/** At the top with a link to its part; or there, where the browser has gone already. */
function notice(said: PostmortemView["said"], link: "link" | ""): Html | "" {
  if (said === null) return "";
  const { words, index } = said;
  return html`<p class="said" role="status">
    ${words} ${link === "" ? "" : html`<a href="#part-${index}">Go there</a>`}
  </p>`;
}

/** Old versions are read alone. */
function form(
  { shown, writers, as, token }: PostmortemView,
  { part, index, opened }: OnePart,
): Html {
  const own = part.body.includes(promptMark) ? "" : part.body.trim();
  const title = titleOf(part);
  const theirs = opened?.theirs ?? null;
  return html`<details ${opened === null ? "" : "open"}>
    <summary>Edit<span class="unseen"> ${title}</span></summary>
    ${
      theirs === null
        ? ""
        : html`<h3>It reads now</h3>
            <pre class="query">${theirs}</pre>
            <h3>Yours</h3>`
    }
    <form method="post" action="/postmortems/${shown.incident}">
      <input type="hidden" name="token" value="${token}" />
      <input type="hidden" name="version" value="${shown.head.version}" />
      <input type="hidden" name="index" value="${index}" />
      <textarea
        name="text"
        rows="${rowsOf(opened?.text ?? own)}"
        maxlength="${partMax}"
        aria-label="${title}, in Markdown"
      >
${opened?.text ?? own}</textarea>
      <p class="deeds">
        ${choiceOf(writers, as)}
        <button>Save</button>
      </p>
    </form>
  </details>`;
}

function choiceOf(writers: readonly Writer[], as: UserId | null): Html {
  const options = writers.map(
    ({ id, name }) => html`<option value="${id}" ${id === as ? "selected" : ""}>${name}</option>`,
  );
  return html`<label
    >As
    <select name="as">
      ${options}
    </select></label
  >`;
}

/** Enough to see most of it, without filling the page. */
function rowsOf(text: string): number {
  const lines = text.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 80), 0);
  return Math.min(24, Math.max(4, lines + 1));
}

/** What was written under a heading that is not there any more is shown to be copied. */
function lostPart({ open }: PostmortemView, parts: readonly MarkdownPart[]): Html | "" {
  if (open === null || parts[open.index] !== undefined) return "";
  return html`<pre class="query">${open.text}</pre>`;
}

/** To whoever was later. */
export function conflictWords({ headings, version, kept }: Conflict, by: string): string {
  const what = headings.map((title) => `"${title}"`).join(", ");
  return `${by} changed ${what} before you saved (version ${version}). Yours was not put over it; it is kept as version ${kept.version}. Both are below that heading: bring them together and save again.`;
}
