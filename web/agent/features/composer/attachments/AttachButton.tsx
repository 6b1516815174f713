import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { useText } from "#shared/i18n/useText";
import { IconButton } from "#ui";

export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
	const t = useText();
	const field = useRef<HTMLInputElement>(null);
	return (
		<>
			<IconButton label={t("attach.add")} size="s" onPress={() => field.current?.click()}>
				<Paperclip size={15} aria-hidden />
			</IconButton>
			<input
				ref={field}
				type="file"
				multiple
				hidden
				data-testid="attach"
				onChange={(e) => {
					onFiles([...(e.target.files ?? [])]);
					e.target.value = "";
				}}
			/>
		</>
	);
}
