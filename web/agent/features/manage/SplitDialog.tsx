import { useState } from "react";
import { useIntl } from "react-intl";
import { useText } from "#shared/i18n/useText";
import { messageTime } from "#shared/time/relative";
import { Button, Checkbox, TextField } from "#ui";
import { split } from "../../data/manage";
import { ticketStore } from "../../data/ticketStore";
import { inOrder, useMessages } from "../../data/tickets";
import { SaveDialog } from "../../shell/SaveDialog";
import { useSave } from "../../shell/useSave";
import css from "./Manage.module.css";
import { closeManage } from "./manageUi";
import { offerUndo } from "./undo";
import { useManage } from "./useManage";

/* Which messages go to a new ticket, and what it is called. */
export function SplitDialog({ id }: { id: string }) {
	const t = useText();
	const { locale } = useIntl();
	const { undo } = useManage();
	const q = useMessages(id);
	const messages = inOrder(q.data?.pages ?? []);
	const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
	const [subject, setSubject] = useState(ticketStore.row(id)?.subject ?? "");
	const { save, setProblem, saving } = useSave();

	function submit() {
		if (chosen.size === 0) return setProblem(t("split.choose"));
		if (chosen.size >= messages.length && !q.hasNextPage) return setProblem(t("split.notAll"));
		void save(async () => {
			const made = await split(id, [...chosen], subject.trim());
			closeManage();
			offerUndo(t("split.done", { count: chosen.size, id: made.ticketId }), {
				label: t("manage.undo"),
				run: () => void undo([made.actId]),
			});
		});
	}
	return (
		<SaveDialog
			title={t("split.title")}
			onClose={closeManage}
			onSave={submit}
			saveLabel={t("split.do", { count: chosen.size })}
			{...saving}
			isForm
		>
			<div className={css.form}>
				<p className={css.note}>{t("split.text")}</p>
				<TextField label={t("split.subject")} value={subject} onChange={setSubject} />
				<fieldset className={css.messages}>
					<legend>{t("split.messages")}</legend>
					{q.hasNextPage && (
						<Button size="s" isPending={q.isFetchingNextPage} onPress={() => void q.fetchNextPage()}>
							{t("conversation.older")}
						</Button>
					)}
					{messages.map((m) => (
						<Checkbox
							key={m.id}
							isSelected={chosen.has(m.id)}
							onChange={(on) => {
								const next = new Set(chosen);
								if (on) next.add(m.id);
								else next.delete(m.id);
								setChosen(next);
								setProblem(undefined);
							}}
						>
							<span className={css.message}>
								<span className={css.messageHead}>
									<strong dir="auto">{m.senderName || m.senderAddress || "?"}</strong>
									<time dateTime={m.createdAt}>{messageTime(m.createdAt, Date.now(), locale)}</time>
								</span>
								<span className={css.preview} dir="auto">
									{m.text}
								</span>
							</span>
						</Checkbox>
					))}
				</fieldset>
			</div>
		</SaveDialog>
	);
}
