/** A digest as it was sent, with its two charts. */

import { html, raw } from "hono/html";
import type { Picture } from "../../chart/picture.ts";
import { weeksWords } from "../../chart/weeks.ts";
import { chartsOf } from "../../digest/charts.ts";
import type { Digest } from "../../digest/digest.ts";
import { daysOf } from "../../digest/week.ts";
import { digestLines, plainSample } from "../../message/digest.ts";
import type { Pen } from "../../message/pen.ts";
import type { IncidentId } from "../../vocabulary.ts";

export interface StoredDigest {
  readonly digest: Digest;
  readonly madeAt: Date;
}

/** A whole document; everything from outside is escaped. */
export async function digestPage(
  { digest, madeAt }: StoredDigest,
  draw: (picture: Picture) => Promise<string>,
): Promise<string> {
  const { week, weeks } = digest;
  const [from, to] = daysOf(week);
  const [first, ...rest] = digestLines(digest, pagePen, pageOf);
  const pictures = await Promise.all(
    chartsOf(digest).map(async (chart) => ({ svg: await draw(chart), words: weeksWords(chart) })),
  );
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Digest of week ${week.number}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/pages.css" />
      </head>
      <body>
        <main>
          <h1>Digest of week ${week.number}</h1>
          ${digest.isSample === true ? html`<p class="sample">${plainSample}</p>` : ""}
          <p class="aside">
            ${from} to ${to}, ${digest.isSample === true ? "made" : "sent"}
            ${madeAt.toISOString().slice(0, 10)}. Public channels alone, over ${weeks.length} weeks.
          </p>
          <p>${raw(first ?? "")}</p>
          ${rest.map((line) => html`<p>${raw(line)}</p>`)}
          ${pictures.map(
            ({ svg, words }) =>
              html`<section class="chart" role="img" aria-label="${words}">${raw(svg)}</section>`,
          )}
        </main>
      </body>
    </html>`;
  return (await page).toString();
}

/** Beside this page. */
function pageOf(incident: IncidentId): string {
  return `/postmortems/${encodeURIComponent(incident)}`;
}

/** What it is handed is escaped by the words' own maker, for HTML as for Slack. */
const pagePen: Pen = {
  clock: (at) => at.toISOString().slice(11, 16),
  strong: (text) => `<strong>${text}</strong>`,
  struck: (text) => `<s>${text}</s>`,
  out: (text) => `<s>${text}</s>`,
  link: (url, label) => (url ? `<a href="${url}">${label}</a>` : label),
  code: (command) => command,
  clocksIn: (text) => text,
};
