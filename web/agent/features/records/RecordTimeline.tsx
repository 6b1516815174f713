import { useDeferredValue, useEffect, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Banner, Button, Skeleton, TextField } from "#ui";
import { Tabs } from "#ui/more";
import { type RecordRef, useTimeline } from "../../data/records";
import { useErrorText } from "../../shell/useErrorText";
import css from "./RecordPage.module.css";
import { TimelineItem } from "./TimelineItem";

const TABS = ["all", "notes", "emails", "calls", "tasks", "meetings", "tickets"] as const;
type TabId = (typeof TABS)[number];
const TYPES: Record<TabId, readonly string[]> = {
	all: [],
	notes: ["notes"],
	emails: ["emails", "messages"],
	calls: ["calls"],
	tasks: ["tasks"],
	meetings: ["meetings"],
	tickets: ["tickets"],
};
const SKELETONS = ["a", "b", "c", "d"];

/* What happened with a record, newest first: by kind, and what has certain words. */
export function RecordTimeline({ of, canEdit }: { of: RecordRef; canEdit: boolean }) {
	const t = useText();
	const [tab, setTab] = useState<TabId>("all");
	const [query, setQuery] = useState("");
	const errorText = useErrorText();
	const words = useDeferredValue(query.trim());
	const timeline = useTimeline(of.objectType, of.id, TYPES[tab], true, words);
	const rows = timeline.data?.pages.flatMap((p) => p.results);
	/* a page may have been searched through without a match */
	const isSearching = timeline.hasNextPage && rows?.length === 0 && !timeline.isError;
	const { isFetching, fetchNextPage } = timeline;
	useEffect(() => {
		if (isSearching && !isFetching) void fetchNextPage();
	}, [isSearching, isFetching, fetchNextPage]);
	return (
		<section className={css.middle} aria-label={t("records.timeline")} data-region="timeline">
			<Tabs
				label={t("records.timeline")}
				tabs={TABS.map((id) => ({ id, label: t(`records.tab.${id}`) }))}
				selected={tab}
				onSelect={(id) => setTab(id as TabId)}
			>
				<div className={css.timeline}>
					<TextField
						label={t("records.filter")}
						isLabelHidden
						placeholder={t("records.filter")}
						type="search"
						value={query}
						onChange={setQuery}
					/>
					{timeline.isError && (
						<Banner tone="bad" role="alert">
							{errorText(timeline.error)}{" "}
							<Button size="s" onPress={() => void timeline.refetch()}>
								{t("common.retry")}
							</Button>
						</Banner>
					)}
					{!timeline.isError &&
						(!rows || isSearching) &&
						SKELETONS.map((key) => <Skeleton key={key} width="90%" height={56} />)}
					{rows?.length === 0 && !timeline.hasNextPage && (
						<p className={css.none} role="status">
							{t(words ? "records.nothing" : "records.noTimeline")}
						</p>
					)}
					{rows && rows.length > 0 && (
						<ol className={css.entries}>
							{rows.map((entry) => (
								<li key={`${entry.objectType}-${entry.id}`}>
									<TimelineItem entry={entry} canEdit={canEdit} />
								</li>
							))}
						</ol>
					)}
					{timeline.hasNextPage && (
						<Button isPending={timeline.isFetchingNextPage} onPress={() => void timeline.fetchNextPage()}>
							{t("records.loadMore")}
						</Button>
					)}
				</div>
			</Tabs>
		</section>
	);
}
