/** A person's mistake in a file or a setting: its message is all that is shown, no stack. */

export function mistake(message: string): Error {
  return Object.assign(new Error(message), { isMistake: true });
}

export function isMistake(error: unknown): error is Error {
  return error instanceof Error && "isMistake" in error;
}
