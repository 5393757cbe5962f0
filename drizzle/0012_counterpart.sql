CREATE TABLE "counterpart" (
	"workspace_id" text NOT NULL,
	"of" text NOT NULL,
	"kind" text NOT NULL,
	"place" text NOT NULL,
	"ref" text NOT NULL,
	"url" text,
	CONSTRAINT "counterpart_workspace_id_of_kind_pk" PRIMARY KEY("workspace_id","of","kind")
);
