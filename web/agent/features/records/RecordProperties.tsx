import { useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, Skeleton } from "#ui";
import { usePropertyDefs } from "../../data/properties";
import { type RecordType, saveRecord, useRecord } from "../../data/records";
import { kindOf, PropertyRow } from "../properties";
import css from "./RecordPage.module.css";
import { FIRST_PROPERTIES, TECHNICAL } from "./recordProperties";

/* Every property of a record, edited in place. */
export function RecordProperties({
	objectType,
	id,
	canEdit,
}: {
	objectType: RecordType;
	id: string;
	canEdit: boolean;
}) {
	const t = useText();
	const [isAll, setAll] = useState(false);
	const defs = usePropertyDefs(objectType);
	const { data } = useRecord(objectType, id, [...defs.keys()]);
	const first = FIRST_PROPERTIES[objectType];
	if (!data) return first.map((name) => <Skeleton key={name} width="80%" height={20} />);
	const value = (name: string) => data.properties[name] ?? "";
	const rest = [...defs.values()].filter(
		(def) =>
			!first.includes(def.name) &&
			!def.hidden &&
			!(def.hubspotDefined && TECHNICAL.test(def.name)) &&
			(kindOf(def) !== "readonly" || value(def.name)),
	);
	const shown = [...first.flatMap((name) => defs.get(name) ?? []), ...(isAll ? rest : [])];
	return (
		<>
			<div className={css.rows}>
				{shown.map((def) => (
					<PropertyRow
						key={def.name}
						def={def}
						value={value(def.name)}
						objectType={objectType}
						pipelineId={value("pipeline")}
						onSave={
							canEdit && def.name !== "createdate" && def.name !== "pipeline"
								? (text) => saveRecord(objectType, id, { [def.name]: text })
								: undefined
						}
					/>
				))}
			</div>
			{rest.length > 0 && (
				<Button
					look="quiet"
					size="s"
					className={css.moreProperties}
					aria-expanded={isAll}
					onPress={() => setAll(!isAll)}
				>
					{isAll ? t("context.fewer") : t("context.allProperties", { count: rest.length })}
				</Button>
			)}
		</>
	);
}
