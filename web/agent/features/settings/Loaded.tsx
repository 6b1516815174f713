import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Skeleton } from "#ui";
import { useErrorText } from "../../shell/useErrorText";
import css from "./Settings.module.css";

/* Draws what a query brings; says so while it is coming or did not come. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
	const t = useText();
	const errorText = useErrorText();
	if (query.data !== undefined) return children(query.data);
	if (query.isError) {
		return (
			<div className={css.pad}>
				<Banner
					tone="bad"
					role="alert"
					action={
						<Button size="s" onPress={() => void query.refetch()}>
							{t("common.retry")}
						</Button>
					}
				>
					{errorText(query.error)}
				</Banner>
			</div>
		);
	}
	return (
		<div className={css.pad} role="status" aria-label={t("app.loading")}>
			<Skeleton width="40%" />
		</div>
	);
}
