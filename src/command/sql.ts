/** Whether SQL reads or changes something, told from PostgreSQL's own parse of it (DESIGN §8). */

import { together, type CommandClass } from "./class.ts";

const charsMax = 50_000;
const depthMax = 200;

/** PostgreSQL skips what stands in these comments, MySQL and MariaDB run it. */
export const runsInComment = /\/\*M?!/;

/** Every statement of the text; what does not parse is unknown. Never throws. */
export async function classifySql(text: string): Promise<CommandClass> {
  if (text.length > charsMax) return "unknown";
  if (runsInComment.test(text)) return "state-changing";
  try {
    // Loaded with the first statement: it is PostgreSQL's parser in WebAssembly.
    const { parse } = await import("libpg-query");
    const { stmts = [] } = await parse(text);
    return together(stmts.flatMap(({ stmt }) => classOf(stmt) ?? []));
  } catch {
    return "unknown";
  }
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** null: it only bounds what is asked with it, and is nothing alone. */
function classOf(statement: unknown): CommandClass | null {
  if (!isNode(statement)) return "unknown";
  const [kind = "", body] = Object.entries(statement)[0] ?? [];
  const node = isNode(body) ? body : {};
  switch (kind) {
    case "SelectStmt":
      return together(["read-only", ...within(node, 0)]);
    case "ExplainStmt":
      return explained(node);
    case "VariableShowStmt":
    case "TransactionStmt":
      return "read-only";
    case "VariableSetStmt":
      return setting(node);
    case "CopyStmt":
      return copied(node);
    case "PrepareStmt":
    case "ExecuteStmt":
    case "DeclareCursorStmt":
    case "FetchStmt":
    case "DeallocateStmt":
      return "unknown";
    default:
      return "state-changing";
  }
}

/** Without ANALYZE nothing runs. */
function explained({ query, options }: Node): CommandClass {
  const runs = JSON.stringify(options ?? []).includes('"defname":"analyze"');
  const inner = classOf(query) ?? "unknown";
  return runs || inner === "unknown" ? inner : "read-only";
}

/** A limit in time on what follows is the careful way to read; any other setting decides who one is, or how it is read. */
function setting({ name, kind }: Node): CommandClass | null {
  const isLimit = typeof name === "string" && /^(?:statement|lock|transaction)_timeout$/.test(name);
  return isLimit && kind === "VAR_SET_VALUE" ? null : "state-changing";
}

function copied(node: Node): CommandClass {
  const isOut =
    node["is_from"] !== true && node["is_program"] !== true && node["filename"] === undefined;
  if (!isOut) return "state-changing";
  return node["query"] === undefined ? "read-only" : (classOf(node["query"]) ?? "unknown");
}

/** What a query holds that is more than reading. */
function within(value: unknown, depth: number): CommandClass[] {
  if (depth > depthMax) return ["unknown"];
  if (Array.isArray(value)) return value.flatMap((each) => within(each, depth + 1));
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const own = ofPart(key, inner);
    return own === null ? within(inner, depth + 1) : [own, ...within(inner, depth + 1)];
  });
}

function ofPart(key: string, inner: unknown): CommandClass | null {
  if (/^(?:Insert|Update|Delete|Merge|Truncate|Drop|Create\w*|Alter\w*)Stmt$/.test(key))
    return "state-changing";
  if (key === "intoClause" || key === "LockingClause") return "state-changing";
  return key === "FuncCall" && isNode(inner) ? ofFunction(inner["funcname"]) : null;
}

const changing =
  /^(?:pg_terminate_backend|pg_cancel_backend|pg_reload_conf|pg_rotate_logfile|pg_switch_wal|pg_promote|pg_create_\w+|pg_drop_\w+|pg_wal_replay_(?:pause|resume)|pg_stat_reset\w*|pg_stat_statements_reset|pg_logical_\w+|pg_replication_(?:origin|slot)\w+|pg_(?:try_)?advisory_\w*lock\w*|pg_backup_\w+|pg_start_backup|pg_stop_backup|pg_notify|pg_export_snapshot|pg_import_system_collations|pg_file_\w+|pg_log_backend_memory_contexts|lo_\w+|lowrite|dblink\w*|setval|nextval|set_config|pg_prewarm|pg_repack\w*|txid_current|pg_current_xact_id|brin_\w+|gin_clean_pending_list)$/;
/** Those of PostgreSQL that only compute and look; a function that somebody else wrote may do anything. */
const reading =
  /^(?:count|sum|avg|min|max|any_value|bool_and|bool_or|every|string_agg|array_agg|json\w*|jsonb\w*|to_json|to_jsonb|row_to_json|percentile_\w+|mode|stddev\w*|var\w*|corr|regr_\w+|now|current_\w+|clock_timestamp|statement_timestamp|transaction_timestamp|age|date_\w+|extract|make_\w+|to_char|to_date|to_number|to_timestamp|timezone|justify_\w+|isfinite|coalesce|nullif|greatest|least|round|ceil|ceiling|floor|abs|mod|div|power|sqrt|ln|log|log10|exp|sign|trunc|width_bucket|random|lower|upper|initcap|length|char_length|octet_length|substring|substr|left|right|trim|btrim|ltrim|rtrim|lpad|rpad|split_part|regexp_\w+|replace|translate|concat|concat_ws|format|position|strpos|starts_with|reverse|repeat|chr|ascii|md5|sha\d+|encode|decode|quote_\w+|array_\w+|cardinality|unnest|generate_series|generate_subscripts|row_number|rank|dense_rank|percent_rank|ntile|lag|lead|first_value|last_value|nth_value|version|inet_\w+|host|network|masklen|obj_description|col_description|format_type|has_\w+_privilege|to_reg\w+|txid_snapshot_\w+|pg_size_pretty|pg_\w*_size|pg_column_size|pg_typeof|pg_get_\w+|pg_stat_get_\w+|pg_stat_file|pg_blocking_pids|pg_safe_snapshot_blocking_pids|pg_is_in_recovery|pg_is_wal_replay_paused|pg_last_\w+|pg_current_wal_\w+|pg_current_snapshot|pg_wal_lsn_diff|pg_walfile_name|pg_postmaster_start_time|pg_conf_load_time|pg_backend_pid|pg_isolation_test_session_is_blocked|pg_table_is_visible|pg_relation_filepath|pg_relation_filenode|pg_tablespace_\w+|pg_lock_status|pg_show_all_settings|pg_stat_statements|pgstattuple|pgstatindex|pg_buffercache_summary|pg_ls_waldir|pg_ls_logdir|pg_ls_tmpdir|current_setting|current_database|current_schema\w*|current_user|session_user|width|exists|overlaps|grouping|hashtext|int4|int8|float8|text|numeric)$/;

function ofFunction(name: unknown): CommandClass {
  const parts = (Array.isArray(name) ? name : []).map(
    (part) => /"sval":"([^"]*)"/.exec(JSON.stringify(part))?.[1] ?? "",
  );
  const last = parts.at(-1)?.toLowerCase() ?? "";
  if (changing.test(last)) return "state-changing";
  const isOwn = parts.length === 1 || parts[0] === "pg_catalog";
  return isOwn && reading.test(last) ? "read-only" : "unknown";
}
