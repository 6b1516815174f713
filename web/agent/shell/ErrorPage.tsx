import { CircleAlert } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState } from "#ui";

/* In place of a region that failed: the rest of the page goes on working. */
export function ErrorPage({ error, reset }: { error: unknown; reset?: () => void }) {
	const t = useText();
	const details = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error);
	return (
		<EmptyState
			role="alert"
			icon={<CircleAlert size={22} />}
			title={t("app.error.title")}
			text={t("app.error.text")}
			action={
				<>
					<Button look="solid" onPress={() => (reset ? reset() : location.reload())}>
						{t("app.error.retry")}
					</Button>{" "}
					{navigator.clipboard && (
						<Button onPress={() => void navigator.clipboard.writeText(details)}>{t("app.error.copy")}</Button>
					)}
				</>
			}
		/>
	);
}
