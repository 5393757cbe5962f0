/** Who is spoken to GitHub as: a token, or an app with its key. */

import type { Asking } from "./config-values.ts";

export type GitHubSettings =
  | { readonly token: string }
  | { readonly appId: string; readonly privateKey: string };

export function githubSettings({ value, problem }: Asking): GitHubSettings | null {
  const token = value("GITHUB_TOKEN");
  const appId = value("GITHUB_APP_ID");
  const privateKey = value("GITHUB_APP_PRIVATE_KEY");
  if (token !== undefined) return { token };
  if (appId === undefined && privateKey === undefined) return null;
  if (appId === undefined || !/^\d+$/.test(appId)) {
    problem("GITHUB_APP_ID", "must be the app's number, beside GITHUB_APP_PRIVATE_KEY.");
  }
  if (privateKey === undefined || !privateKey.includes("PRIVATE KEY")) {
    problem(
      "GITHUB_APP_PRIVATE_KEY",
      "must be the app's key in PEM, beside GITHUB_APP_ID; GITHUB_APP_PRIVATE_KEY_FILE may name its file.",
    );
  }
  return { appId: appId ?? "", privateKey: privateKey ?? "" };
}
