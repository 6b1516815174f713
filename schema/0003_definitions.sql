-- Definitions (types, properties, pipelines, stages) change while programs run. The number grows with every change, in its
-- transaction: who has definitions in memory sees by it whether they are the newest.
CREATE TABLE definition_number (
	id SMALLINT PRIMARY KEY,
	number BIGINT NOT NULL
);
INSERT INTO definition_number (id, number) VALUES (1, 1);

ALTER TABLE property ADD COLUMN is_form_field SMALLINT NOT NULL DEFAULT 0;

-- Who changed which pipeline or stage, and what it was afterwards.
CREATE TABLE pipeline_change (
	id @id,
	object_type BIGINT NOT NULL,
	pipeline_id TEXT NOT NULL,
	stage_id TEXT,
	action TEXT NOT NULL,
	at BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	body TEXT NOT NULL
);
CREATE INDEX pipeline_change_by_pipeline ON pipeline_change (object_type, pipeline_id, id);

CREATE INDEX object_by_stage ON object (object_type, pipeline_id, stage_id, id) WHERE archived_at = 0;
