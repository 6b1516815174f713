import { X } from "lucide-react";
import { useText } from "#shared/i18n/useText";
import { Banner, IconButton } from "#ui";
import css from "./Documents.module.css";
import { dismissUpload } from "./uploads";
import type { useUploads } from "./useUploads";

export function UploadRows({ uploads, problemText }: Pick<ReturnType<typeof useUploads>, "uploads" | "problemText">) {
	const t = useText();
	if (uploads.length === 0) return null;
	return (
		<ul className={css.uploads} aria-label={t("documents.uploads")}>
			{uploads.map((u) => (
				<li key={u.key}>
					{u.problem !== undefined ? (
						<Banner
							tone="bad"
							role="alert"
							action={
								<IconButton label={t("common.close")} size="s" onPress={() => dismissUpload(u.key)}>
									<X size={15} aria-hidden />
								</IconButton>
							}
						>
							<strong dir="auto">{u.name}</strong> {problemText(u.problem)}
						</Banner>
					) : (
						<label className={css.upload}>
							<span dir="auto">{u.name}</span>
							<progress value={u.part} max={1} />
						</label>
					)}
				</li>
			))}
		</ul>
	);
}
