/** Addresses that a server answers to a plain GET by doing something: told from the verbs in their path and their parameters. */

/** As any word of a part of the path: "cache-clear", "resetCounters". */
const anywhere = new Set(
  (
    "quit quitquitquit shutdown restart reboot reload reset abort fail drain undrain delete remove destroy exec execute clear flush " +
    "purge evict kill stop enable disable trigger promote failover rollback reindex insert toggle mute unmute cancel suspend resume " +
    "unlock invalidate deregister wipe truncate drop terminate crash panic ban unban requeue rebuild resync cleanup activate " +
    "deactivate revoke uninstall erase evacuate decommission cordon uncordon rotate forget detach demote"
  ).split(" "),
);
/** As a whole part of it only: in longer ones these are names. */
const alone = new Set(
  (
    "build deploy run start restore backup export import force leave join set update create add upgrade install pause retry replay " +
    "migrate sync gc clean expire apply approve send publish write put post patch do action logging lock register scale rescale " +
    "logout unsubscribe confirm buildwithparameters eject step-down stepdown compact vacuum checkpoint snapshot dump heapdump"
  ).split(" "),
);
/** As the name of a parameter. */
const parameters =
  /^(?:delete|remove|reset|shutdown|restart|reload|flush|clear|purge|kill|drop|drain|exec|execute|cmd|command|action|op|do|_?method)$/;
/** A statement as the value of one: databases take it by GET. */
const statements =
  /^(?:drop|delete|insert|update|alter|create|grant|revoke|kill|truncate|call|set|optimize|rename)\b/;
const looking = /^(?:|0|false|no|get|list|show|read|view|search|status|query|describe|info)$/;
const partsMax = 200;

/** `address`: with or without a scheme and a host. */
export function actsByAddress(address: string): boolean {
  const [place = "", query = ""] = address.split("#")[0]?.split(/\?(.*)/s) ?? [];
  const path = place.replace(/^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/]*/i, "");
  const isActing = path.split("/").slice(0, partsMax).some(actsAsPart);
  return isActing || query.split(/[&;]/).slice(0, partsMax).some(actsAsParameter);
}

function actsAsPart(given: string): boolean {
  const part = decoded(given);
  if (alone.has(part.toLowerCase())) return true;
  const words = part
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words[0] === "force" || words.some((word) => anywhere.has(word));
}

function actsAsParameter(given: string): boolean {
  const [name = "", value = ""] = decoded(given.replaceAll("+", " ")).toLowerCase().split(/=(.*)/s);
  if (parameters.test(name)) return !looking.test(value.trim());
  return statements.test(value.trim());
}

/** A percent sign that stands for nothing stays as it is. */
function decoded(text: string): string {
  return text.replaceAll(/%[0-9a-f]{2}/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}
