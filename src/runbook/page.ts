/** A page that may be a runbook, as whoever reads it gives it; and what may be read at all. */

import type { Catalog } from "../catalog/catalog.ts";

export interface Page {
  readonly text: string;
  readonly format: "markdown" | "html";
}

export interface AskedPage {
  readonly link: string;
  /** Who names the link: the catalog is the team's own word, an alert's annotation may be anybody's. */
  readonly from: "alert" | "catalog";
}

export type PageAnswer =
  /** It is what the tag names. */
  | { readonly kind: "same"; readonly freshMs: number }
  | {
      readonly kind: "page";
      readonly page: Page;
      /** Names this answer, so that it can be asked whether it is another by now. */
      readonly etag: string | null;
      /** For so long it is not asked again. */
      readonly freshMs: number;
    }
  /** A sentence fragment, with the mend where there is one; `isPassing`: it may be there again soon. */
  | { readonly kind: "refused"; readonly said: string; readonly isPassing: boolean };

/** A page is read up to this size. */
export const pageBytesMax = 1_000_000;

/** "mend the link in the catalog" */
export function mendOf({ from }: Pick<AskedPage, "from">): string {
  return from === "alert" ? "mend runbook_url of the alert" : "mend the link in the catalog";
}

export interface FileOnGitHub {
  /** "owner/name" */
  readonly repo: string;
  readonly path: string;
  /** A branch, tag or commit without slashes. */
  readonly ref: string;
}

/** `web`: GitHub's own host for people, github.com or that of an Enterprise server. null: no file of a repository. */
export function fileOnGitHub(link: string, web: string): FileOnGitHub | null {
  const { host, pathname } = new URL(link);
  const parts = pathname.split("/").slice(1).map(decoded);
  const [owner = "", name = "", ...rest] = parts;
  const isRaw = web === "github.com" && host === "raw.githubusercontent.com";
  const isFile = host === web && (rest[0] === "blob" || rest[0] === "raw");
  if (!isRaw && !isFile) return null;
  const [ref = "", ...path] = isRaw ? rest : rest.slice(1);
  const isNamed = [owner, name].every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part));
  const isPath = path.length > 0 && path.every((part) => part !== "" && !/^\.+$|[\\/]/.test(part));
  return isNamed && ref !== "" && isPath
    ? { repo: `${owner}/${name}`, path: path.join("/"), ref }
    : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

export interface Allowing {
  readonly catalog: Catalog;
  /** Those that the settings name. */
  readonly origins: readonly string[];
  /** GitHub's host for people. */
  readonly web: string;
}

/**
 * Why a link is not followed, with the mend; null: it may be. What an alert names must lie where the settings or the
 * catalog name something: else whoever can make an alert could have any page read, and its commands shown.
 */
export function refusalOf(
  { link, from }: AskedPage,
  { catalog, origins, web }: Allowing,
): string | null {
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) {
    return `it is no web address; ${mendOf({ from })}`;
  }
  const url = new URL(link);
  if (url.username !== "" || url.password !== "") {
    return `its link holds a password; ${mendOf({ from })}`;
  }
  if (from === "catalog" || origins.includes(url.origin)) return null;
  return placeRefusal(url, catalog, web);
}

/** Where others than the team may put a page too, what the catalog links makes only its own place known. */
function placeRefusal(url: URL, catalog: Catalog, web: string): string | null {
  const linked = catalog.services
    .flatMap(({ runbooks }) => runbooks)
    .flatMap((each) => (URL.canParse(each) ? [new URL(each)] : []));
  if (linked.some((each) => pageOf(each) === pageOf(url))) return null;
  const or = `name ${url.origin} in RUNBOOK_ORIGINS`;
  const at = linked.filter(({ origin }) => origin === url.origin);
  const owner = ownerIn(url);
  if (isGitHub(url, web)) {
    const owners = [
      ...catalog.services.flatMap(({ repo }) => repo?.split("/", 1)[0]?.toLowerCase() ?? []),
      ...linked.filter((each) => isGitHub(each, web)).map(ownerIn),
    ];
    return owner !== null && owners.includes(owner)
      ? null
      : `the catalog names no repository of ${owner ?? "that address"}; name one there, or ${url.origin} in RUNBOOK_ORIGINS`;
  }
  if (at.length === 0) return `${url.host} is no origin that may be read; ${or}`;
  if (anybodys.has(url.hostname)) {
    return `anybody may have a page at ${url.host}; link this one in the catalog, or ${or}`;
  }
  const isOwn = !byOwner.has(url.hostname) || (owner !== null && at.map(ownerIn).includes(owner));
  return isOwn
    ? null
    : `the catalog links no runbook of ${owner ?? "that address"} at ${url.host}; link one there, or ${or}`;
}

/** At these the first part of the path says whose page it is. */
const byOwner = new Set(
  "gitlab.com bitbucket.org codeberg.org dev.azure.com hackmd.io s3.amazonaws.com storage.googleapis.com".split(
    " ",
  ),
);
/** At these nothing in the address does. */
const anybodys = new Set(
  `gist.github.com gist.githubusercontent.com docs.google.com drive.google.com sites.google.com notion.so www.notion.so
  app.gitbook.com cdn.jsdelivr.net pastebin.com medium.com dropbox.com www.dropbox.com`.split(
    /\s+/,
  ),
);

function isGitHub({ host }: URL, web: string): boolean {
  return host === web || (web === "github.com" && host === "raw.githubusercontent.com");
}

/** Pages of the host itself that stand where an owner's name does. */
const ofHost = /^(?:orgs|users|enterprises|search|topics|sponsors|apps|marketplace|login|explore)$/;

/** In lower case; null: the address names none. */
function ownerIn({ pathname }: URL): string | null {
  const first = decoded(pathname.split("/")[1] ?? "").toLowerCase();
  return /^[\w.@~-]*\w[\w.@~-]*$/.test(first) && !ofHost.test(first) ? first : null;
}

function pageOf({ origin, pathname, search }: URL): string {
  return `${origin}${pathname}${search}`;
}
