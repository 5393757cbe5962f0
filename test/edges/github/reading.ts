/** Three services in one repository, and a reading of it from a pretended GitHub. */

import type { Service } from "../../../src/catalog/catalog.ts";
import { changesOnGitHub } from "../../../src/edges/github/changes.ts";
import { startOddServer } from "../odd-server.ts";
import { someService } from "../some-service.ts";
import { pretended, window } from "./pretended.ts";

const shop = someService("shop", { repo: "acme/shop" });
export const checkout = someService("checkout", {
  repo: "acme/shop",
  paths: ["services/checkout/**"],
});
export const cart = someService("cart", { repo: "acme/shop", paths: ["services/cart/**"] });

export async function read(
  bodies: Readonly<Record<string, unknown>>,
  services: readonly Service[] = [shop],
) {
  await using server = await startOddServer(pretended(bodies));
  const changes = changesOnGitHub({ token: "t0ken", apiUrl: server.url });
  return {
    ...(await changes.recent(services, window, AbortSignal.timeout(10_000))),
    asked: server.asked,
  };
}
