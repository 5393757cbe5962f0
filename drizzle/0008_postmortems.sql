CREATE TABLE "postmortem_version" (
	"workspace_id" text NOT NULL,
	"incident_id" text NOT NULL,
	"version" integer NOT NULL,
	"based_on" integer,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"markdown" text NOT NULL,
	"author" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "postmortem_version_incident_id_version_pk" PRIMARY KEY("incident_id","version")
);
--> statement-breakpoint
ALTER TABLE "postmortem_version" ADD CONSTRAINT "postmortem_version_incident_id_incident_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incident"("id") ON DELETE no action ON UPDATE no action;