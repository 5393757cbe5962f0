/** Reads a CSV with a head (RFC 4180) as rows by column name. */

import { CsvError, parse } from "csv-parse/sync";
import type { CsvRow } from "../../import/told.ts";

/** A sentence where it is none: what is wrong, and in which line. */
export function csvRows(text: string): readonly CsvRow[] | string {
  try {
    const rows: { record: Record<string, string>; info: { lines: number } }[] = parse(text, {
      bom: true,
      columns: true,
      info: true,
      relax_column_count_less: true,
      skip_empty_lines: true,
    });
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (error instanceof CsvError) return error.message;
    throw error;
  }
}
