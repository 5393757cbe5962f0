/** Says in plain words what stood in the way of the embedded database, and what mends it. */

/** What went wrong, the reason that the system or the server gave, and what mends it. */
export function plainError(what: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.find((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1);
  const reason = (telling ?? "no reason given").replace(/^.*(FATAL|PANIC|error): +/, "");
  return new Error(`${what}: ${reason.replace(/\.$/, "")}. ${mendFor(message)}`, { cause });
}

function mendFor(message: string): string {
  if (/ENOSPC|EDQUOT|No space left|quota/i.test(message)) {
    return "The disk is full: free some space and start again.";
  }
  if (/EACCES|EPERM|EROFS|ENOTDIR|EEXIST|Permission denied|Read-only/i.test(message)) {
    return "Set HINDSIGHT_DATA to a folder that can be written, or DATABASE_URL to a PostgreSQL server.";
  }
  return "Its server.log may say more; DATABASE_URL can name another PostgreSQL server meanwhile.";
}
