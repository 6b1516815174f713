import { Link } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { EmptyState } from "#ui";

export function NotFoundPage() {
	const t = useText();
	return (
		<main>
			<EmptyState
				icon={<Compass size={22} />}
				title={t("app.notFound.title")}
				action={<Link to="/">{t("app.notFound.action")}</Link>}
			/>
		</main>
	);
}
