import { Pencil, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useText } from "#shared/i18n/useText";
import { Button, EmptyState, IconButton, Skeleton } from "#ui";
import { useCreateForm } from "../../data/createTicket";
import { useUser } from "../../data/session";
import { useAction } from "../../shell/actions";
import { useErrorText } from "../../shell/useErrorText";
import { CreateForm } from "./CreateForm";
import css from "./CreateTicket.module.css";
import { useCreateDraft } from "./draft";
import { FormEditor } from "./FormEditor";

/* The right-hand panel; not modal: the desk stays usable beside it, and what is written stays when it is closed. */
export function CreateTicketPanel({ onClose }: { onClose: () => void }) {
	const t = useText();
	const user = useUser();
	const { revision } = useCreateDraft(user.id);
	const layout = useCreateForm();
	const errorText = useErrorText();
	const [isEditing, setEditing] = useState(false);
	const opener = useRef(document.activeElement);
	useEffect(() => {
		const back = opener.current;
		return () => {
			if (back instanceof HTMLElement && back.isConnected) back.focus();
		};
	}, []);
	useAction("close", onClose);

	return (
		<aside
			className={css.panel}
			aria-label={t("create.title")}
			data-region="panel"
			onKeyDown={(e) => {
				if (e.key === "Escape" && !e.defaultPrevented) onClose();
			}}
		>
			<header className={css.head}>
				<h2>{isEditing ? t("createForm.title") : t("create.title")}</h2>
				{layout.data?.mayEdit && !isEditing && (
					<Button
						look="quiet"
						size="s"
						className={css.edit}
						icon={<Pencil size={14} aria-hidden />}
						onPress={() => setEditing(true)}
					>
						{t("createForm.edit")}
					</Button>
				)}
				<IconButton label={t("common.close")} onPress={onClose}>
					<X size={17} aria-hidden />
				</IconButton>
			</header>
			{layout.data ? (
				isEditing ? (
					<FormEditor form={layout.data} onDone={() => setEditing(false)} />
				) : (
					<CreateForm key={revision} userId={user.id} layout={layout.data} onClose={onClose} />
				)
			) : layout.isError ? (
				<EmptyState
					role="alert"
					icon={<X size={22} />}
					title={t("createForm.loadError")}
					text={errorText(layout.error)}
					action={<Button onPress={() => void layout.refetch()}>{t("common.retry")}</Button>}
				/>
			) : (
				<div className={css.fields} role="status" aria-label={t("app.loading")}>
					<Skeleton width="30%" />
					<Skeleton width="100%" height={32} />
					<Skeleton width="30%" />
					<Skeleton width="100%" height={32} />
				</div>
			)}
		</aside>
	);
}
