/** The chat page: its shell, its script and style, and the routes that feed it. */
import type { PageRoutes } from "./server.ts";
import type { World } from "./world.ts";

export function openPage(_world: World): PageRoutes {
  return () => Promise.resolve(false);
}
