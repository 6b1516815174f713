import { Plus, Unplug } from "lucide-react";
import { useState } from "react";
import { useIntl } from "react-intl";
import type { Mailbox } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { spokenTime } from "#shared/time/relative";
import { useNow } from "#shared/time/useNow";
import { Button, Dialog, IconButton, Pill, type PillTone, toast } from "#ui";
import { useDeleteMailbox, useMailboxes } from "../../data/admin";
import { useErrorText } from "../../shell/useErrorText";
import { Loaded } from "./Loaded";
import { MailboxForm } from "./MailboxForm";
import { Section } from "./Section";
import css from "./Settings.module.css";

const TONES: Record<Mailbox["state"], PillTone> = { new: "quiet", connecting: "new", watching: "good", failed: "bad" };

export function MailboxSection() {
	const t = useText();
	const errorText = useErrorText();
	const query = useMailboxes();
	const remove = useDeleteMailbox();
	const [isAdding, setAdding] = useState(false);
	const [doomed, setDoomed] = useState<Mailbox>();
	return (
		<Section
			title={t("settings.mailbox.title")}
			side={
				!isAdding && (
					<Button icon={<Plus size={15} aria-hidden />} onPress={() => setAdding(true)}>
						{t("settings.mailbox.add")}
					</Button>
				)
			}
		>
			{isAdding && <MailboxForm onDone={() => setAdding(false)} />}
			<Loaded query={query}>
				{(boxes) =>
					boxes.length ? (
						<ul className={css.rows}>
							{boxes.map((box) => (
								<MailboxRow key={box.id} box={box} onDelete={() => setDoomed(box)} />
							))}
						</ul>
					) : (
						!isAdding && <p className={css.none}>{t("settings.mailbox.empty")}</p>
					)
				}
			</Loaded>
			<Dialog
				title={t("settings.mailbox.deleteTitle")}
				closeLabel={t("common.close")}
				role="alertdialog"
				isOpen={doomed !== undefined}
				onClose={() => setDoomed(undefined)}
				actions={
					<>
						<Button onPress={() => setDoomed(undefined)}>{t("common.cancel")}</Button>
						<Button
							look="danger"
							onPress={() => {
								if (doomed) remove.mutate(doomed.id, { onError: (e) => toast("bad", errorText(e)) });
								setDoomed(undefined);
							}}
						>
							{t("settings.mailbox.delete")}
						</Button>
					</>
				}
			>
				<p>{t("settings.mailbox.deleteAsk", { address: doomed?.address ?? "" })}</p>
			</Dialog>
		</Section>
	);
}

function MailboxRow({ box, onDelete }: { box: Mailbox; onDelete: () => void }) {
	const t = useText();
	const { locale } = useIntl();
	const now = useNow();
	return (
		<li className={css.row}>
			<div className={css.rowText}>
				<p className={css.rowTitle}>
					{box.address}
					<Pill tone={TONES[box.state]}>{t(`settings.mailbox.state.${box.state}`)}</Pill>
				</p>
				<p className={css.rowNote}>
					{box.username} · {box.host}:{box.port} · {t(`settings.mailbox.security.${box.security}`)} · {box.folder}
					{box.lastSyncAt && ` · ${t("settings.mailbox.lastSync", { time: spokenTime(box.lastSyncAt, now, locale) })}`}
				</p>
				{box.lastError && <p className={css.rowError}>{box.lastError}</p>}
			</div>
			<IconButton label={t("settings.mailbox.delete")} onPress={onDelete}>
				<Unplug size={16} aria-hidden />
			</IconButton>
		</li>
	);
}
