/** What the runbooks of a group of alerts and of its service say, quoted where no incident is open: in their own order, ranked by nobody, without what a rule forbids. */

import { firingOf, headOf, type AlertGroup } from "../alert/group.ts";
import { serviceNamedIn } from "../catalog/find-service.ts";
import { forbids } from "../catalog/constraints.ts";
import { constraintsOf } from "../catalog/rule.ts";
import type { Constraint } from "../catalog/catalog.ts";
import type { MessageBody } from "../message/body.ts";
import { quotedRunbooks, type QuotedRunbook } from "../message/quoted-runbooks.ts";
import type { Step } from "../playbook/step.ts";
import { isRunbooksOwn } from "../suggestion/record.ts";
import type { ChannelId } from "../vocabulary.ts";
import type { World } from "./ports.ts";
import { meantFor, readRunbooks, unreadOf } from "./read-runbooks.ts";

/** null: neither an alert of it nor the catalog links one. */
export async function quoteRunbooks(
  world: World,
  group: AlertGroup,
  channel: ChannelId,
): Promise<MessageBody | null> {
  const sources = await world.sourcesFor(channel);
  const { catalog } = sources;
  const head = headOf(group);
  const words = `${head?.service ?? ""} ${head?.title ?? ""}`;
  const service = serviceNamedIn(words, catalog);
  const firing = firingOf(group).map((alert) => ({ ...alert, clearedAt: null }));
  const [read, rules] = await Promise.all([
    readRunbooks(world, sources, { named: service, incident: { alerts: firing } }),
    world.store.rules(world.workspace),
  ]);
  const name = service?.name ?? null;
  const told = meantFor(read, name);
  const gaps = unreadOf(read, name);
  if (told.length + gaps.length === 0) return null;
  const constraints = [
    ...(catalog.constraints ?? []),
    ...(service?.constraints ?? []),
    ...constraintsOf(rules),
  ];
  const runbooks = told.flatMap(({ steps }) => quotedOf(steps, constraints, world.now()));
  return quotedRunbooks({ runbooks, gaps, hosts: world.linkHosts });
}

/** Of one page. How grave the alerts are is nobody's word yet: rules of every severity hold. */
function quotedOf(
  steps: readonly Step[],
  constraints: readonly Constraint[],
  at: Date,
): readonly QuotedRunbook[] {
  const [first] = steps.flatMap(({ runbook }) => runbook ?? []);
  if (first === undefined) return [];
  const quoted = steps.flatMap((step) => {
    const { runbook, ways, id, risk, mechanism } = step;
    if (runbook === undefined) return [];
    const [way] = runbook.hasCommand || isRunbooksOwn(id) ? ways : [];
    const commands = [way?.command, way?.undo].filter((each) => each !== undefined);
    const because = forbids(constraints, { id, risk, mechanism, commands }, at, null)?.because;
    const { hasCommand, quote } = runbook;
    const undo = hasCommand || way?.undo === undefined ? "" : `. Undo: ${way.undo}`;
    const shown = hasCommand ? (way ?? null) : null;
    return [{ quote: `${quote}${undo}`, way: shown, forbidden: because ?? null }];
  });
  return [
    {
      title: first.title,
      link: first.link,
      steps: quoted.filter(({ forbidden }) => forbidden === null),
      forbidden: quoted.flatMap(({ forbidden }) => forbidden ?? []),
    },
  ];
}
