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
  const links = catalog.services.flatMap(({ runbooks }) => runbooks);
  const file = fileOnGitHub(link, web);
  if (file === null) {
    const isKnown = links.some((each) => URL.canParse(each) && new URL(each).origin === url.origin);
    return isKnown
      ? null
      : `${url.host} is no origin that may be read; name ${url.origin} in RUNBOOK_ORIGINS`;
  }
  const owners = [
    ...catalog.services.flatMap(({ repo }) => repo ?? []),
    ...links.flatMap((each) => (URL.canParse(each) ? (fileOnGitHub(each, web)?.repo ?? []) : [])),
  ].map(ownerOf);
  return owners.includes(ownerOf(file.repo))
    ? null
    : `the catalog names no repository of ${ownerOf(file.repo)}; name one there, or ${url.origin} in RUNBOOK_ORIGINS`;
}

function ownerOf(repo: string): string {
  return repo.split("/", 1)[0]?.toLowerCase() ?? "";
}
