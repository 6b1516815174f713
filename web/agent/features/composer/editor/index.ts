import { lazy } from "react";

const load = () => import("./RichEditor");

export const RichEditor = lazy(load);

/* The editor is fetched while nobody waits for it. */
export function preloadEditor() {
	const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 500));
	idle(() => void load());
}

export type { EditorProps } from "./EditorProps";
export { PlainEditor } from "./PlainEditor";
