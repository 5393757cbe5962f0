/** What the flows read for postmortems. */

import type { PostmortemStore } from "../../flows/postmortem-ports.ts";
import { actionItemById, actionItems, openActions } from "./action-items.ts";
import type { Database } from "./connect.ts";
import { counterpartsSought, mirroredItems } from "./counterparts.ts";
import { evidenceById } from "./evidence.ts";
import { incidentShown, latestPostmortem, postmortemAt } from "./postmortems.ts";
import { postedMessages } from "./read.ts";

export function postmortemsOn(db: Database): PostmortemStore {
  return {
    latestPostmortem: (workspace, incident) => latestPostmortem(db, workspace, incident),
    postmortemVersion: (workspace, of) => postmortemAt(db, workspace, of),
    actionItems: (workspace, incident) => actionItems(db, workspace, incident),
    openActions: (workspace, asked) => openActions(db, workspace, asked),
    actionItem: (workspace, id) => actionItemById(db, workspace, id),
    counterparts: (workspace, sought) => counterpartsSought(db, workspace, sought),
    mirroredItems: (workspace, asked) => mirroredItems(db, workspace, asked),
    incidentShown: (workspace, of) => incidentShown(db, workspace, of),
    evidence: async (workspace, snapshot) =>
      (await evidenceById(db, workspace, snapshot))?.input ?? null,
    postedMessages: (workspace, channel, incident) =>
      postedMessages(db, workspace, channel, incident),
  };
}
