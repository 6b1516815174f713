import { useNavigate } from "@tanstack/react-router";
import { CircleAlert, Inbox } from "lucide-react";
import type { ViewId } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, Skeleton } from "#ui";
import type { ListKey } from "../../../data/lists/listSpec";
import { ticketStore } from "../../../data/ticketStore";
import { builtIn } from "../../views";
import css from "../TicketList.module.css";

interface Props {
	view: ViewId;
	list: ListKey;
	status: string;
	/* Where quick filters leave nothing. */
	onClear?: () => void;
}

/* A list without rows says why, and offers one thing to do. */
export function NoRows({ view, list, status, onClear }: Props) {
	const t = useText();
	const navigate = useNavigate();
	const known = builtIn(view);
	if (status === "gone") {
		return (
			<EmptyState
				role="alert"
				icon={<CircleAlert size={22} />}
				title={t("list.viewGone")}
				action={
					<Button onPress={() => void navigate({ to: "/tickets/$view", params: { view: "open" } })}>
						{t("list.empty.goOpen")}
					</Button>
				}
			/>
		);
	}
	if (status === "error") {
		return (
			<EmptyState
				role="alert"
				icon={<CircleAlert size={22} />}
				title={t("list.error")}
				action={<Button onPress={() => void ticketStore.retry(list)}>{t("common.retry")}</Button>}
			/>
		);
	}
	if (status !== "ready") {
		return (
			<div role="status" aria-label={t("app.loading")} className={css.skeletons}>
				{Array.from({ length: 8 }, (_, i) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: grey bars have no other name
					<div key={i} className={css.skeletonRow}>
						<Skeleton width={`${38 + ((i * 17) % 30)}%`} />
						<Skeleton width={`${60 + ((i * 13) % 34)}%`} />
					</div>
				))}
			</div>
		);
	}
	if (onClear) {
		return (
			<EmptyState
				icon={<Inbox size={22} />}
				title={t("list.empty.filtered")}
				action={<Button onPress={onClear}>{t("filter.clear")}</Button>}
			/>
		);
	}
	return (
		<EmptyState
			icon={<Inbox size={22} />}
			title={t(known?.empty ?? "list.empty.other")}
			action={
				<Button onPress={() => void navigate({ to: "/tickets/$view", params: { view: known?.next ?? "open" } })}>
					{t(known?.nextLabel ?? "list.empty.goOpen")}
				</Button>
			}
		/>
	);
}
