CREATE TABLE "change_event" (
	"workspace_id" text NOT NULL,
	"source" text NOT NULL,
	"id" text NOT NULL,
	"status" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"service" text,
	"environment" text,
	"title" text,
	"before" text,
	"after" text,
	"ref" text,
	"link" text,
	"actor" text,
	CONSTRAINT "change_event_workspace_id_source_id_status_pk" PRIMARY KEY("workspace_id","source","id","status")
);
--> statement-breakpoint
CREATE INDEX "change_event_at" ON "change_event" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "change_event_received" ON "change_event" USING btree ("received_at");