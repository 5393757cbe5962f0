CREATE TABLE "channel" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"is_archived" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "evidence_snapshot" (
	"workspace_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "handled" (
	"workspace_id" text NOT NULL,
	"id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "handled_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);
--> statement-breakpoint
CREATE TABLE "incident" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace_id" text NOT NULL,
	"number" integer NOT NULL,
	"channel_id" text NOT NULL,
	"title" text NOT NULL,
	"service" text,
	"symptom" text,
	"last_seq" integer NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"workspace_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"channel_id" text NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"attempted_at" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"message_ts" text,
	"refusal" text
);
--> statement-breakpoint
CREATE TABLE "outbox_lease" (
	"workspace_id" text NOT NULL,
	"channel_id" text NOT NULL,
	"holder" text,
	"leased_until" timestamp (3) with time zone,
	"not_before" timestamp (3) with time zone,
	CONSTRAINT "outbox_lease_workspace_id_channel_id_pk" PRIMARY KEY("workspace_id","channel_id")
);
--> statement-breakpoint
CREATE TABLE "outcome" (
	"workspace_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"suggestion_id" text NOT NULL,
	"incident_id" text NOT NULL,
	"step_id" text NOT NULL,
	"label" text NOT NULL,
	"confidence" double precision NOT NULL,
	"source" text NOT NULL,
	"actor" text NOT NULL,
	"minutes" double precision,
	"note" text,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suggestion" (
	"workspace_id" text NOT NULL,
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"list" integer NOT NULL,
	"position" integer NOT NULL,
	"step_id" text NOT NULL,
	"role" text NOT NULL,
	"p" double precision NOT NULL,
	"minutes" double precision NOT NULL,
	"score" double precision NOT NULL,
	"propensity" double precision NOT NULL,
	"policy" text NOT NULL,
	"seed" bigint NOT NULL,
	"symptom" text NOT NULL,
	"service" text,
	"flags" text[] NOT NULL,
	"offered" jsonb NOT NULL,
	"record" jsonb NOT NULL,
	"shown_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "timeline_entry" (
	"workspace_id" text NOT NULL,
	"incident_id" text NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"actor" text NOT NULL,
	"source" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"message_ts" text,
	"fact" jsonb NOT NULL,
	CONSTRAINT "timeline_entry_incident_id_seq_pk" PRIMARY KEY("incident_id","seq")
);
--> statement-breakpoint
CREATE TABLE "workspace" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"bot_user_id" text NOT NULL,
	"last_incident_number" integer DEFAULT 0 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "evidence_snapshot" ADD CONSTRAINT "evidence_snapshot_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_suggestion_id_suggestion_id_fk" FOREIGN KEY ("suggestion_id") REFERENCES "public"."suggestion"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline_entry" ADD CONSTRAINT "timeline_entry_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_snapshot_incident" ON "evidence_snapshot" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "handled_at" ON "handled" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_number" ON "incident" USING btree ("workspace_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "incident_open_in_channel" ON "incident" USING btree ("workspace_id","channel_id") WHERE "incident"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_pending" ON "outbox" USING btree ("workspace_id","channel_id","seq") WHERE "outbox"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "outbox_key" ON "outbox" USING btree ("workspace_id","channel_id","key");--> statement-breakpoint
CREATE INDEX "outcome_incident" ON "outcome" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "outcome_step" ON "outcome" USING btree ("workspace_id","step_id");--> statement-breakpoint
CREATE INDEX "suggestion_incident" ON "suggestion" USING btree ("incident_id");--> statement-breakpoint
CREATE INDEX "suggestion_step" ON "suggestion" USING btree ("workspace_id","symptom","step_id");