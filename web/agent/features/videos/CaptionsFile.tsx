import { type ReactNode, useRef } from "react";
import { Button } from "#ui";
import { asWebVtt } from "./captions";

interface Props {
	label: string;
	isBusy?: boolean;
	onChange: (file: File) => void;
	icon?: ReactNode;
}

/* A button that chooses a file of captions. */
export function CaptionsFile({ label, isBusy, onChange, icon }: Props) {
	const input = useRef<HTMLInputElement>(null);
	return (
		<>
			<Button size="s" icon={icon} isPending={isBusy} onPress={() => input.current?.click()}>
				{label}
			</Button>
			<input
				ref={input}
				type="file"
				accept="text/vtt,.vtt,.srt"
				hidden
				aria-label={label}
				onChange={(e) => {
					const chosen = e.target.files?.[0];
					e.target.value = "";
					if (chosen) void asWebVtt(chosen).then(onChange);
				}}
			/>
		</>
	);
}
