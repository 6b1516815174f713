import { useCallback } from "react";
import { ApiError } from "#shared/api/client";
import { useText } from "#shared/i18n/useText";

/* A sentence for any failure: ours where we know better, else the server's, never a code. */
export function useErrorText() {
	const t = useText();
	return useCallback(
		(e: unknown) => {
			if (!(e instanceof ApiError)) return t("error.generic");
			if (e.isOffline) return t("error.network");
			if (e.status === 403) return e.message || t("error.forbidden");
			const reason = e.message || t("error.generic");
			return e.status >= 500 && e.requestId ? `${reason} (${t("error.requestId", { id: e.requestId })})` : reason;
		},
		[t],
	);
}
