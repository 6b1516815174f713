-- Searches by filters (src/store/search_run.c): two columns that are often asked for together, then the order of lists, then the other
-- hot columns of tickets, so that filters are checked, counted and sorted without reading rows.
DROP INDEX object_by_stage;
CREATE INDEX object_by_pipeline ON object (object_type, pipeline_id, stage_id, activity_at, id, owner_id, priority, closed_at,
	updated_at, created_at) WHERE archived_at = 0;
CREATE INDEX object_by_stage_owner ON object (object_type, stage_id, owner_id, activity_at, id, priority, pipeline_id, closed_at,
	updated_at, created_at) WHERE archived_at = 0;
CREATE INDEX object_by_owner_priority ON object (object_type, owner_id, priority, activity_at, id, stage_id, pipeline_id, closed_at,
	updated_at, created_at) WHERE archived_at = 0;
CREATE INDEX object_by_priority_stage ON object (object_type, priority, stage_id, activity_at, id, owner_id, pipeline_id, closed_at,
	updated_at, created_at) WHERE archived_at = 0;

-- Every object, in the orders that searches ask for.
CREATE INDEX object_newest_activity ON object (object_type, activity_at, id, stage_id, owner_id, priority, pipeline_id, closed_at,
	updated_at, created_at) WHERE archived_at = 0;
CREATE INDEX object_newest_update ON object (object_type, updated_at, id, stage_id, owner_id, priority, pipeline_id, closed_at,
	activity_at, created_at) WHERE archived_at = 0;
CREATE INDEX object_newest ON object (object_type, created_at, id, stage_id, owner_id, priority, pipeline_id, closed_at,
	activity_at, updated_at) WHERE archived_at = 0;

-- Tickets that are open: few of many.
CREATE INDEX object_open ON object (object_type, owner_id, activity_at, id, stage_id, priority, pipeline_id, closed_at, updated_at,
	created_at) WHERE object_type = 5 AND archived_at = 0 AND closed_at = 0;

-- Archived objects of a type, few of many, in the order of the lists.
CREATE INDEX object_archived ON object (object_type, id) WHERE archived_at > 0;

-- Threads by what lists filter by, in both of their orders.
CREATE INDEX thread_by_inbox ON thread (inbox_id, id) WHERE archived_at = 0;
CREATE INDEX thread_by_inbox_latest ON thread (inbox_id, latest_at, id) WHERE archived_at = 0;
CREATE INDEX thread_by_state ON thread (is_closed, id) WHERE archived_at = 0;
CREATE INDEX thread_by_state_latest ON thread (is_closed, latest_at, id) WHERE archived_at = 0;
CREATE INDEX thread_archived ON thread (archived_at, id) WHERE archived_at > 0;

CREATE INDEX job_by_about ON job (about_id);
