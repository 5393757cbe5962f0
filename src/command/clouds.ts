/** The command lines of AWS, Google Cloud and Azure, whose operations are named by verbs. */

import type { CommandClass } from "./class.ts";
import { parted } from "./options.ts";
import { list } from "./program-lists.ts";
import type { Argument } from "./shell.ts";

const awsValued = list(
  "--region --profile --output --query --endpoint-url --max-items --page-size --since --filter-pattern --log-group-name --start-time --end-time --format",
);
const awsChanging =
  /^(?:create|delete|update|put|modify|start|stop|reboot|terminate|run|attach|detach|associate|disassociate|register|deregister|set|reset|revoke|authorize|enable|disable|tag|untag|restore|failover|purge|send|publish|invoke|execute|add|remove|import|export|cancel|release|allocate|apply|change|deploy|promote|complete|abort|force|retry|rotate|schedule|assume|copy|move|batch-(?:write|delete|put)|activate|deactivate|accept|reject|increase|decrease|rollback|suspend|resume|scale|transact-write)(?:-|$)/;
const awsReading =
  /^(?:describe|list|get|head|lookup|search|filter|tail|batch-get|simulate|wait|estimate|view|scan|query|validate|test-metric|select|ls|help|history)(?:-|$)/;

/** Services of AWS have operations whose first word says what they do. */
export function aws(words: readonly Argument[]): CommandClass {
  const { rest, options } = parted(words, { valued: awsValued });
  const [service, verb] = rest;
  if (service?.isLiteral !== true || verb?.isLiteral !== true) return "unknown";
  if (options.some(({ name }) => /^--(?:cli-input|generate-cli|outfile)/.test(name)))
    return "unknown";
  const isTold = (name: string) => options.filter((each) => each.name === name).length === 1;
  // Of the services EC2 alone can say what it would do.
  if (
    service.text === "ec2" &&
    isTold("--dry-run") &&
    !options.some(({ name }) => name === "--no-dry-run")
  )
    return "read-only";
  if (service.text === "s3") {
    const isTrial = /^(?:cp|mv|rm|sync)$/.test(verb.text) && isTold("--dryrun");
    if (isTrial || verb.text === "ls" || verb.text === "presign") return "read-only";
    return /^(?:cp|mv|rm|sync|mb|rb|website)$/.test(verb.text) ? "state-changing" : "unknown";
  }
  // This one writes what it got into a file.
  const isDownload = service.text === "s3api" && /^get-object(?:-torrent)?$/.test(verb.text);
  if (isDownload || awsChanging.test(verb.text)) return "state-changing";
  return awsReading.test(verb.text) ? "read-only" : "unknown";
}

/** The verb stands after the groups of words that name a resource. */
export function byLastVerb(
  words: readonly Argument[],
  valued: readonly string[],
  reading: RegExp,
): CommandClass {
  const { rest } = parted(words, { valued });
  const changing =
    /^(?:create|delete|update|set|set-[\w-]+|add|add-[\w-]+|remove|remove-[\w-]+|start|stop|restart|reset|resize|deploy|patch|failover|promote[\w-]*|restore|import|export|enable|disable|ssh|scp|submit|run|rollback|cancel|attach|detach|up|down|scale|apply|purge|invoke|swap|clone|move|replace[\w-]*|abandon-[\w-]+|recreate-[\w-]+|drain|rolling-action)$/;
  for (const [index, { text, isLiteral }] of rest.entries()) {
    if (!isLiteral) return "unknown";
    // "gcloud run services describe": a group that is called like a verb.
    if (changing.test(text) && !(index === 0 && text === "run")) return "state-changing";
    if (reading.test(text)) return "read-only";
  }
  return "unknown";
}
