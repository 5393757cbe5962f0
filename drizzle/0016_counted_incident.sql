CREATE TABLE "counted_incident" (
	"workspace_id" text NOT NULL,
	"incident_id" text NOT NULL,
	"version" integer NOT NULL,
	"seq" integer NOT NULL,
	"began_at" timestamp (3) with time zone NOT NULL,
	"acknowledged_at" timestamp (3) with time zone,
	"mitigated_at" timestamp (3) with time zone,
	"severity" integer,
	"credit" text,
	"merged_into" text,
	"ledger" json NOT NULL,
	CONSTRAINT "counted_incident_incident_id_version_pk" PRIMARY KEY("incident_id","version")
);
--> statement-breakpoint
CREATE INDEX "counted_incident_merged" ON "counted_incident" USING btree ("merged_into") WHERE "counted_incident"."merged_into" is not null;