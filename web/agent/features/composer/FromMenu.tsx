import { ChevronDown } from "lucide-react";
import type { Sender } from "#shared/api/types";
import { useText } from "#shared/i18n/useText";
import { Button, MenuButton } from "#ui";
import css from "./ReplyHead.module.css";

interface Props {
	senders: readonly Sender[];
	value: Sender | undefined;
	onChange: (channelAccountId: string) => void;
}

/* The address that the reply leaves from, and beside it the arrow to the others. */
export function FromMenu({ senders, value, onChange }: Props) {
	const t = useText();
	if (!value) return null;
	return (
		<MenuButton
			label={t("composer.from")}
			button={
				<Button
					look="quiet"
					size="s"
					className={css.from}
					aria-label={t("composer.fromAddress", { address: value.address })}
					isDisabled={senders.length < 2}
				>
					<span className={css.fromText} dir="auto">
						{t("composer.fromName", { name: value.name || value.address })}
					</span>
					{senders.length > 1 && <ChevronDown size={13} aria-hidden />}
				</Button>
			}
			items={senders.map((s) => ({
				id: s.channelAccountId,
				label: s.name && s.name !== s.address ? `${s.name} <${s.address}>` : s.address,
				isSelected: s.channelAccountId === value.channelAccountId,
				run: () => onChange(s.channelAccountId),
			}))}
		/>
	);
}
