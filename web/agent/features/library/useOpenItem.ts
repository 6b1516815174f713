import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";

/* Which item's form is open: an id, or "new"; the address may name one (?item=17), which is how the palette gets there. */
export function useOpenItem() {
	const navigate = useNavigate();
	const { item } = useSearch({ strict: false }) as { item?: number };
	const [opened, open] = useState<string | "new">();
	return {
		id: opened ?? item?.toString(),
		open,
		close() {
			open(undefined);
			if (item) void navigate({ to: ".", search: {}, replace: true });
		},
	};
}
