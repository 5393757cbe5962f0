/** The part of the driver `pg` that this folder uses; the package brings no types of its own. */

declare module "pg" {
  import type { EventEmitter } from "node:events";
  import type { Socket } from "node:net";

  export type QueryResultRow = Record<string, unknown>;

  export interface QueryResult<Row = QueryResultRow> {
    readonly rows: Row[];
    /** null for a command that counts none. */
    readonly rowCount: number | null;
  }

  export interface ClientConfig {
    readonly connectionString: string;
    readonly application_name: string;
    readonly connectionTimeoutMillis: number;
    readonly query_timeout?: number;
    readonly keepAlive?: boolean;
    readonly stream?: () => Socket;
  }

  export interface PoolConfig extends ClientConfig {
    readonly max: number;
    readonly idleTimeoutMillis: number;
  }

  export class Client extends EventEmitter {
    constructor(config: ClientConfig);
    connect(): Promise<void>;
    query<Row>(text: string, values?: readonly unknown[]): Promise<QueryResult<Row>>;
    end(): Promise<void>;
  }

  export interface PoolClient extends Client {
    release(error?: Error): void;
  }

  export class Pool extends EventEmitter {
    constructor(config: PoolConfig);
    connect(): Promise<PoolClient>;
    query<Row>(text: string, values?: readonly unknown[]): Promise<QueryResult<Row>>;
    end(): Promise<void>;
  }
}
