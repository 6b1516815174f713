import { useCallback } from "react";
import { useText } from "#shared/i18n/useText";
import type { Notification } from "../../data/notifications";
import { usePipelines } from "../../data/reference";
import { notificationText } from "./notificationText";

export function useNotificationText(): (n: Notification) => string {
	const t = useText();
	const pipelines = usePipelines();
	return useCallback(
		(n) => notificationText(t, n, (id) => pipelines.flatMap((p) => p.stages).find((stage) => stage.id === id)?.label),
		[t, pipelines],
	);
}
