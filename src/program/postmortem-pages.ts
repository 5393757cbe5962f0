/** The pages of postmortems, in the local workspace alone: elsewhere a page needs somebody who has signed in. */

import { randomBytes } from "node:crypto";
import type { Handler } from "../edges/http/server.ts";
import { answerPostmortem } from "../edges/web/postmortem-pages.ts";
import { postmortemShown, saveOnPage, type PostmortemShown } from "../flows/edit-on-page.ts";
import type { World } from "../flows/ports.ts";
import { foreignness } from "../local/http.ts";
import type { LocalWorkspace } from "../local/workspace.ts";
import type { IncidentId } from "../vocabulary.ts";
import { sampleWorld } from "./sample-postmortems.ts";
import { sampleWorkspace } from "./sample.ts";

/** Whoever reads and writes there is a person of the workspace of their choice, as on its chat page. */
export function postmortemPages(): (workspace: LocalWorkspace, world: World) => Handler {
  const token = randomBytes(32).toString("hex");
  return (workspace, world) => (request, response) => {
    const refusal = foreignness(request);
    if (refusal !== undefined) {
      response.writeHead(403, { "content-type": "text/plain; charset=utf-8" }).end(`${refusal}\n`);
      return;
    }
    const pages = {
      token,
      hosts: world.linkHosts,
      writers: () =>
        workspace.users
          .filter(({ bot }) => bot === undefined)
          .map(({ id, realName: name }) => ({ id, name })),
      shown: async (incident: IncidentId, version: number | null) =>
        (await postmortemShown(world, incident, version)) ??
        (await sampleShown(world, incident, version)),
      save: (edit: Omit<Parameters<typeof saveOnPage>[1], "job">) =>
        saveOnPage(world, { ...edit, job: `page ${world.newId()}` }),
    };
    return answerPostmortem(pages, request, response);
  };
}

/** One of the sample history, where it has been loaded. */
async function sampleShown(
  world: World,
  incident: IncidentId,
  version: number | null,
): Promise<PostmortemShown | null> {
  const sample = sampleWorld(world, sampleWorkspace(world.now()));
  const shown = await postmortemShown(sample, incident, version);
  return shown && { ...shown, isSample: true };
}
