/**
 * An adapter for SOURCE_URLS that answers from series.csv, changes.csv and logs.csv of a folder; docs/sources.md has
 * their columns. Put your vendor's API in place of `rowsOf`. Runs on Node alone: node csv-source.mjs FOLDER [PORT]
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

const [folder = ".", port = "9100"] = process.argv.slice(2);
const bodyBytesMax = 10_000;

/** A file's lines as objects by the names in its first line; the last column may hold commas. No file: null. */
async function rowsOf(file) {
  const text = await readFile(join(folder, file), "utf8").catch((error) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const names = head.split(",").map((name) => name.trim());
  return lines.map((line) => {
    const cells = line.split(",");
    const last = cells.splice(names.length - 1).join(",");
    return Object.fromEntries(
      [...cells, last].map((cell, at) => [names[at], cell.trim() || undefined]),
    );
  });
}

/** A number is Unix seconds, anything else a date: 2026-11-23T14:02:00Z. */
const seconds = (time) => (isNaN(time) ? Date.parse(time) / 1000 : Number(time));

/** `from`, `to` and `onset` are Unix seconds; changes may be older than `from`. */
async function answer({ service, from, to }) {
  const [points, changes, logs] = await Promise.all(
    ["series.csv", "changes.csv", "logs.csv"].map(rowsOf),
  );
  const own = (rows) => rows?.filter((row) => row.service === service && seconds(row.time) <= to);
  const recent = (rows) => own(rows)?.filter((row) => seconds(row.time) >= from);
  const byName = Map.groupBy(recent(points) ?? [], ({ name }) => name);
  return {
    series:
      points &&
      [...byName].map(([name, rows]) => ({
        name,
        kind: rows[0].kind,
        unit: rows[0].unit,
        query: `series.csv, ${name} of ${service}`,
        points: rows.map(({ time, value }) => [seconds(time), Number(value)]),
      })),
    changes: own(changes)?.map(({ time, ...told }) => ({ ...told, at: seconds(time) })),
    logs: recent(logs)?.map(({ time, level, text }) => ({ at: seconds(time), level, text })),
  };
}

async function bodyOf(request) {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) {
    body += chunk;
    if (body.length > bodyBytesMax) throw new Error("the question is too long");
  }
  return JSON.parse(body);
}

const server = createServer(async (request, response) => {
  try {
    const body = JSON.stringify(await answer(await bodyOf(request)));
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  } catch (error) {
    response.writeHead(400, { "content-type": "text/plain" }).end(error.message);
  }
});
server.listen(Number(port), "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}/\n`);
});
