import { lazy, Suspense } from "react";
import { openBuilder, useBuilder } from "./useViewActions";

const ViewDialog = lazy(() => import("./builder").then((m) => ({ default: m.ViewDialog })));

/* The dialog that makes or changes a view, when it is wanted. It outlives the panel that asked for it. */
export function ViewBuilder() {
	const open = useBuilder((s) => s.open);
	if (!open) return null;
	return (
		<Suspense>
			<ViewDialog key={open} id={open} onClose={() => openBuilder(undefined)} />
		</Suspense>
	);
}
